// What is said of CUDA traces: whether there are any, how far they can be trusted, how they were given to steps.

import type { CudaProcess, CudaProfile } from '../../result/cuda-profile.js';
import { count, counted, quantity, significantDigits } from '../format.js';
import { describeHookState } from './hook-stages.js';
import { shareWords, timesWords } from './profile.js';

export const cudaHeads = {
  kernel: 'kernel',
  time: 'time %',
  total: 'total',
  instances: 'instances',
  mean: 'avg µs',
  median: 'med',
  min: 'min',
  max: 'max',
  sd: 'sd',
  ofStep: 'step %',
  perStep: 'a step',
  averagePerStep: 'avg a step',
  launch: 'launch',
  all: (n: number) => (n === 1 ? 'the only kernel' : `all ${count(n)} kernels`),
  direction: 'direction',
  bytes: 'bytes',
  bytesPerStep: 'bytes a step',
  rate: 'rate',
  call: 'call',
  quantity: 'of a step',
  range: 'range',
  host: 'host, ms a step',
  device: 'device, ms a step',
  kernels: 'kernels a step',
  deviceName: 'device',
  uuid: 'UUID',
  memory: 'memory',
  smClock: 'SM clock',
  memoryClock: 'memory clock',
  temperature: 'temperature',
  power: 'power',
  energy: 'energy',
  samples: 'samples',
  throttled: 'throttled',
  untold: 'not told',
  nothing: '–',
} as const;

export const gapRows = { gap: 'launch gap', delay: 'launch delay' } as const;

export const microsNote = 'avg, med, min, max and sd are in µs.';
export const kernelNote =
  'time %: of the time of all kernels. step %: of the plain step. The launch configuration is the most frequent one.';
export const gapNote =
  'Launch gap: from the end of one activity on the device to the begin of the next. Launch delay: from the call on the host to the begin on the device. Both in µs.';

const directionNames: Record<string, string> = {
  'host-to-device': 'host to device',
  'device-to-host': 'device to host',
  'device-to-device': 'on the device',
  'host-to-host': 'host to host',
  'peer-to-peer': 'device to device',
  memset: 'memset',
};

export function directionName(direction: string): string {
  return Object.hasOwn(directionNames, direction)
    ? directionNames[direction]!
    : direction.replaceAll('-', ' ');
}

/** Where nothing was traced: what was asked for, how far it came, what to do. */
export function describeNoCuda({ asked, state }: CudaProfile): { text: string; advice: string | null } {
  if (asked === 'off')
    return { text: 'CUDA was not traced: it was switched off (--cuda off).', advice: null };
  const { text, advice } = describeHookState(state);
  return { text: `CUDA was not traced. ${text}`, advice };
}

/** `12 000 of 12 000 activities belong to a step, exactly: …`, for each way of telling. */
export function describeAttribution(process: CudaProcess): string {
  const { attribution, attributed, unattributed } = process;
  const of = counted(attributed + unattributed, 'activity');
  const named = processName(process).replace(/^p/, 'P');
  if (process.hijacked) return `${named}: taken over by another tool, nothing reported.`;
  if (attributed + unattributed === 0) return `${named}: nothing ran on a device.`;
  const rest =
    unattributed === 0 ? '' : `; ${count(unattributed)} belong${unattributed === 1 ? 's' : ''} to none`;
  const known =
    attributed === 0
      ? `none of ${of}`
      : `${attributed === attributed + unattributed ? 'all' : count(attributed)} of ${of}`;
  if (attribution === 'external-correlation')
    return `${named}: ${known} belong to a step exactly, by identifiers given to the calls that launched them${rest}.`;
  if (attribution === 'nvtx')
    return `${named}: ${known} belong to a step by the NVTX ranges in which they were launched${rest}.`;
  if (attribution === 'force-call')
    return `${named}: ${known} belong to a step by the force call during which they were launched, by the clock that both processes read${rest}${unattributed === 0 ? '' : ' (launched before the first step or between two)'}.`;
  if (attribution === 'average')
    return `${named}: no activity could be given to a step; numbers a step are averages over the run (${of}).`;
  return `${named}: no steps are known, so that there are totals alone (${of}, none attributed).`;
}

export function describeMarked({ steps, processes }: CudaProfile): string | null {
  const marks = processes.some(({ attribution }) => attribution !== 'force-call');
  return steps === 0 || !marks ? null : `The traces mark ${counted(steps, 'step')}.`;
}

/** What a process says of its own trace, where no warning says it already. */
export function describeDoubts(process: CudaProcess): { fail: string | null; caution: string[] } {
  const named = processName(process);
  return {
    fail: process.hijacked
      ? `Another tool took tracing over in ${named}: nothing of its trace is reported.`
      : null,
    caution: [
      ...(process.dropped > 0
        ? [`CUPTI dropped ${counted(process.dropped, 'record')} of ${named}: counts and totals are too low.`]
        : []),
      ...(process.complete || process.hijacked
        ? []
        : [`The trace of ${named} has no end: what happened last may be missing.`]),
    ],
  };
}

export function describeVersions({ cuptiVersion, driverVersion, library }: CudaProcess): string | null {
  const parts = [
    cuptiVersion === null ? null : `CUPTI API ${cuptiVersion}`,
    driverVersion === null
      ? null
      : `driver for CUDA ${Math.floor(driverVersion / 1000)}.${Math.floor((driverVersion % 1000) / 10)}`,
    library,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

export function describeOverhead({ overhead }: CudaProfile): string {
  if (!overhead) return 'What tracing costs was not measured.';
  const what = overhead.mode === 'full' ? 'kernels, copies and calls' : 'kernels and copies';
  return `Tracing ${what} made the ${overhead.of === 'step' ? 'median step' : 'whole command'} ${timesWords(overhead.ratio)} as long; headline numbers come from the run without it.`;
}

export function describeBusy({ busy, idle, idleShare }: NonNullable<CudaProfile['gaps']>): string {
  const part = (ms: number, share: number) => `${quantity(ms, 'ms', 4)} (${shareWords(share)})`;
  return `Of a step the device is busy for ${part(busy, 100 - idleShare)} and idle for ${part(idle, idleShare)}.`;
}

export function describeIdle(share: number): string | null {
  return share < 50
    ? null
    : `The device has nothing to do for ${shareWords(share)} of a step: faster kernels help little there; fewer and larger launches, CUDA graphs or a larger system would.`;
}

/** Of the most frequent configuration. */
export function launchWords(launch: {
  readonly grid: readonly number[];
  readonly block: readonly number[];
  readonly configurations: number;
  readonly registers: number;
  readonly staticShared: number;
  readonly dynamicShared: number;
}): string {
  const shared = launch.staticShared + launch.dynamicShared;
  return [
    `grid ${launch.grid.join('×')}, block ${launch.block.join('×')}`,
    counted(launch.registers, 'register'),
    shared === 0
      ? 'no shared memory'
      : `shared ${quantity(launch.staticShared, 'B')} + ${quantity(launch.dynamicShared, 'B')} dynamic`,
    ...(launch.configurations > 0 ? [`${counted(launch.configurations, 'other launch configuration')}`] : []),
  ].join(' · ');
}

/** GB/s of bytes in ms. */
export function rateWords(bytes: number, ms: number): string {
  return ms > 0 ? `${significantDigits(bytes / ms / 1e6, 3)} GB/s` : cudaHeads.nothing;
}

function processName({ pid, name }: CudaProcess): string {
  return `process ${pid}${name === '' ? '' : ` (${name})`}`;
}
