// Why the system does not tell something, and what to do; reasons are `code` or `code:detail`.

export interface Reason {
  /** A clause, to follow `unavailable: ` or `not counted: `. */
  readonly why: string;
  readonly advice: string | null;
}

const reasons: Record<string, (detail: string) => Reason> = {
  'no-addon': (detail) => ({
    why: `the native part is not used${behind(detail)}`,
    advice:
      'It takes the native part: run npm run build where a C++ compiler is, and leave MDBENCH_BACKEND unset.',
  }),
  'old-addon': () => ({
    why: 'the native part was built before it could do this',
    advice: 'Run npm run build.',
  }),
  'no-counter': (detail) => ({
    why: `the processor offers no such counter here${behind(detail)}`,
    advice:
      'Most virtual machines have none: measure on the machine itself, or have the host pass its counters through.',
  }),
  'not-permitted': (detail) => ({
    why: `the system does not permit it${behind(detail)}`,
    advice:
      'As root, sysctl kernel.perf_event_paranoid=1 permits it; a container also needs --cap-add PERFMON and a seccomp profile with perf_event_open.',
  }),
  'not-supported': (detail) => ({
    why: `the system does not count it${behind(detail)}`,
    advice: 'It takes Linux with perf events, outside of a sandbox.',
  }),
  'not-scheduled': () => ({
    why: 'its turn never came, because other counters held the registers of the processor',
    advice: 'End other profilers, and the watchdog that takes a counter: sysctl kernel.nmi_watchdog=0.',
  }),
  'counter-failed': (detail) => ({
    why: `the system refused to open it${behind(detail)}`,
    advice: /EMFILE|ENFILE/.test(detail)
      ? 'Allow more open files: ulimit -n 4096.'
      : 'End other profilers that hold the counters.',
  }),
  'user-space': () => ({
    why: 'the kernel’s part is left out, because the system does not permit it to be counted',
    advice: 'As root, sysctl kernel.perf_event_paranoid=1 permits it.',
  }),
  'no-rapl': (detail) => ({
    why: `the system offers no energy counters of the processor (RAPL)${behind(detail)}`,
    advice: 'Virtual machines have none; on Intel and AMD machines the module intel_rapl_msr brings them.',
  }),
  'energy-not-permitted': (detail) => ({
    why: `the energy counters of the processor may be read by root alone${behind(detail)}`,
    advice: 'Run as root, or make /sys/class/powercap/intel-rapl*/energy_uj readable.',
  }),
  'no-driver': () => ({
    why: 'no NVIDIA driver is loaded',
    advice: 'In a container, start it with --gpus all; on a machine with a GPU, install the driver.',
  }),
  'no-nvml': (detail) => ({
    why: `NVML does not load${behind(detail)}`,
    advice:
      'libnvidia-ml.so.1 comes with the driver; a container gets it with --gpus all and NVIDIA_DRIVER_CAPABILITIES=compute,utility.',
  }),
  'nvml-failed': (detail) => ({
    why: `NVML does not start${behind(detail)}`,
    advice:
      'nvidia-smi says more; after an update of the driver its library and its module differ until the machine is started again.',
  }),
  'no-device': () => ({
    why: 'the driver has no device',
    advice: 'A container needs --gpus all; nvidia-smi -L lists what the driver sees.',
  }),
};

/** The codes that have words. */
export const reasonCodes: readonly string[] = Object.keys(reasons);

export function describeReason(reason: string): Reason {
  const [code = '', ...rest] = reason.split(':');
  const words = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return words?.(rest.join(':')) ?? { why: reason, advice: null };
}

/** `unavailable: <why>`, for a cell of a table. */
export function describeUnavailable(reason: string | null): string {
  return reason === null ? 'unavailable' : `unavailable: ${describeReason(reason).why}`;
}

function behind(detail: string): string {
  return detail === '' ? '' : ` (${detail})`;
}
