// From hook traces to the CUDA part of a profile: one trace a process, read one after another, merged.

import type { CudaMode, CudaProcess, CudaProfile, HookState } from '../../result/cuda-profile.js';
import { hookStages } from '../../result/cuda-profile.js';
import { doubtsOf } from './doubts.js';
import { gapTable } from './gap-table.js';
import { callTable, copyTable, kernelTable, phaseTable } from './profile-tables.js';
import { type SteppedTrace, stepsOf } from './stepped-trace.js';
import { createTraceReader, type ReadTrace, type TraceReaderOptions } from './trace-reader.js';

export interface CudaContext {
  readonly asked: CudaMode;
  /** What is said where no trace tells how far the hook came. */
  readonly state: HookState;
  /** Steps of the run, to average over where nothing marks them; null: not known. */
  readonly steps: number | null;
  /** ms of a step that was not profiled; null: not known. */
  readonly plainStep: number | null;
  readonly overhead: CudaProfile['overhead'];
  readonly devices: CudaProfile['devices'];
  readonly deviceReason: string | null;
}

/** @throws what reading a trace throws, and nothing of its own */
export async function assembleCudaProfile(
  context: CudaContext,
  traces: Iterable<AsyncIterable<Uint8Array>>,
  options: TraceReaderOptions = {},
): Promise<CudaProfile> {
  const read: ReadTrace[] = [];
  for (const chunks of traces) {
    const reader = createTraceReader(options);
    for await (const chunk of chunks) reader.push(chunk);
    read.push(reader.finish());
  }
  return mergeTraces(context, read);
}

/** Of a hijacked trace only that it is one. */
export function mergeTraces(context: CudaContext, traces: readonly ReadTrace[]): CudaProfile {
  const stepped = traces.map((trace) => stepsOf(trace, context.steps));
  const sound = stepped.filter(({ trace }) => trace.about !== null && !trace.about.hijacked);
  const marked = sound.filter(({ attribution }) => attribution !== 'average');
  return {
    asked: context.asked,
    state: furthest(traces) ?? context.state,
    processes: stepped.flatMap(processOf),
    steps: Math.max(0, ...marked.map(({ steps }) => steps)),
    kernels: kernelTable(sound, context.plainStep),
    copies: copyTable(sound),
    api: callTable(sound),
    gaps: gapTable(sound),
    phases: phaseTable(marked),
    overhead: context.overhead,
    devices: context.devices,
    deviceReason: context.deviceReason,
    warnings: [...traces.flatMap(({ warnings }) => warnings), ...sound.flatMap(doubtsOf)],
  };
}

/** `ready` where one process was traced, else of the one that came furthest. */
function furthest(traces: readonly ReadTrace[]): HookState | null {
  const states = traces.flatMap(({ state }) => state ?? []);
  const rank = ({ stage }: HookState) => (stage === 'ready' ? hookStages.length : hookStages.indexOf(stage));
  return states.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}

function processOf({ trace, attribution }: SteppedTrace): CudaProcess[] {
  const { about, counts } = trace;
  if (about === null) return [];
  if (about.hijacked) return [{ ...about, attribution: 'none', attributed: 0, unattributed: 0 }];
  return [{ ...about, attribution, attributed: counts.inSteps, unattributed: counts.outside }];
}
