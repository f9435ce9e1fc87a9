// What the CUDA hook saw: first whether it can be trusted and how it was given to steps, then busy and idle time, devices.

import type { CudaDevice, CudaProfile } from '../../result/cuda-profile.js';
import { quantity } from '../format.js';
import {
  cudaHeads,
  describeAttribution,
  describeBusy,
  describeDoubts,
  describeIdle,
  describeMarked,
  describeMore,
  describeNoCuda,
  describeOverhead,
  describeThrottling,
  describeUnavailable,
  describeVersions,
  gapNote,
  gapRows,
} from '../words/index.js';
import { micro } from './kernels.js';
import { type Block, first, note, type ProfileSection, type ReportTable } from './section.js';
import { warningNotes } from './warnings.js';

/** @param relevant whether a GPU belongs to what was profiled */
export function cudaSection(cuda: CudaProfile | null, relevant: boolean, top: number): ProfileSection | null {
  if (!cuda) return null;
  const { asked, state, processes } = cuda;
  if (asked === 'off' || (!state.available && processes.length === 0)) {
    const { text, advice } = describeNoCuda(cuda);
    const loud = asked === 'kernels' || asked === 'full' || (asked === 'auto' && relevant);
    return {
      id: 'cuda',
      blocks: [...note(text, loud ? 'fail' : 'quiet', loud ? advice : null), ...warningNotes(cuda.warnings)],
    };
  }
  return { id: 'cuda', blocks: traceBlocks(cuda, top) };
}

function traceBlocks(cuda: CudaProfile, top: number): Block[] {
  const { shown, left } = first(cuda.processes, top);
  const told = (pid: number, codes: readonly string[]) =>
    cuda.warnings.some(({ code, values }) => values.pid === pid && codes.includes(code));
  const doubts = cuda.processes.map((process) => ({ pid: process.pid, ...describeDoubts(process) }));
  const missing = cuda.state.available ? null : describeNoCuda(cuda);
  return [
    ...note(missing?.text ?? null, 'fail', missing?.advice),
    ...doubts.flatMap(({ pid, fail }) =>
      told(pid, ['trace-callbacks-taken', 'trace-clock-taken']) ? [] : note(fail, 'fail'),
    ),
    ...doubts.flatMap(({ pid, caution }) =>
      told(pid, ['trace-records-dropped', 'trace-incomplete', 'trace-malformed', 'trace-bytes-lost'])
        ? []
        : caution.flatMap((text) => note(text, 'caution')),
    ),
    ...warningNotes(cuda.warnings),
    ...shown.flatMap((process) => note(describeAttribution(process))),
    ...(left.length > 0 ? note(describeMore(left.length, 'process'), 'quiet') : []),
    ...note(describeMarked(cuda), 'quiet'),
    ...[...new Set(shown.map(describeVersions))].flatMap((text) => note(text, 'quiet')),
    ...(cuda.processes.length > 0 ? note(describeOverhead(cuda), 'quiet') : []),
  ];
}

/** ms a step on the device, and the distributions of the gaps between its activities. */
export function gapSection({ gaps }: CudaProfile): ProfileSection | null {
  if (!gaps) return null;
  const { idleShare, launchGap, launchDelay } = gaps;
  const spans = [
    { name: gapRows.gap, durations: launchGap },
    { name: gapRows.delay, durations: launchDelay },
  ].flatMap(({ name, durations }) => (durations ? [{ name, durations }] : []));
  return {
    id: 'gaps',
    blocks: [
      ...note(describeBusy(gaps)),
      ...note(describeIdle(idleShare), 'advice'),
      ...(spans.length > 0
        ? [
            {
              kind: 'table' as const,
              table: {
                columns: [
                  { title: cudaHeads.quantity, name: 'beside' as const },
                  { title: cudaHeads.mean, right: true },
                  { title: cudaHeads.median, right: true },
                  { title: cudaHeads.min, right: true, rank: 2 },
                  { title: cudaHeads.max, right: true, rank: 1 },
                  { title: cudaHeads.sd, right: true, rank: 3 },
                ],
                rows: spans.map(({ name, durations }) => [
                  name,
                  ...[durations.mean, durations.median, durations.min, durations.max, durations.sd].map(
                    micro,
                  ),
                ]),
              },
            },
            ...note(gapNote, 'quiet'),
          ]
        : []),
    ],
  };
}

export function deviceSection({ devices, deviceReason, state }: CudaProfile): ProfileSection | null {
  if (devices.length === 0) {
    return deviceReason === null || !state.available
      ? null
      : { id: 'devices', blocks: note(`NVML: ${describeUnavailable(deviceReason)}.`, 'quiet') };
  }
  return {
    id: 'devices',
    blocks: [
      ...devices.map(describeThrottling).flatMap((text) => note(text, 'caution')),
      { kind: 'table', table: deviceTable(devices) },
    ],
  };
}

function deviceTable(devices: readonly CudaDevice[]): ReportTable {
  const told = (value: number | null, unit: string) =>
    value === null ? cudaHeads.untold : quantity(value, unit);
  return {
    columns: [
      { title: cudaHeads.deviceName, name: 'below' },
      { title: cudaHeads.memory, right: true },
      { title: cudaHeads.smClock, right: true },
      { title: cudaHeads.memoryClock, right: true, rank: 2 },
      { title: cudaHeads.temperature, right: true, rank: 3 },
      { title: cudaHeads.power, right: true },
      { title: cudaHeads.energy, right: true, rank: 4 },
      { title: cudaHeads.throttled, right: true, rank: 1 },
    ],
    rows: devices.map((device) => [
      device.name,
      told(device.processMemory, 'B'),
      told(device.smClock, 'MHz'),
      told(device.memoryClock, 'MHz'),
      told(device.temperature, '°C'),
      told(device.power, 'W'),
      told(device.energy, 'J'),
      `${device.throttled} / ${device.samples}`,
    ]),
    details: { title: cudaHeads.uuid, rows: devices.map(({ uuid }) => uuid) },
  };
}
