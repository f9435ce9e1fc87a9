// Reads one hook trace, fed in chunks of any size, into sums; memory does not grow with the length of the trace.

import type { HookState } from '../../result/cuda-profile.js';
import type { Warning } from '../../result/records.js';
import { apiName } from './api-names.js';
import type { AttributionMethod } from './attribution.js';
import { copyDirection } from './copy-directions.js';
import type { Durations } from './durations.js';
import type { TraceSink } from './events.js';
import { createIntake } from './intake.js';
import { createNames, type Names } from './names.js';
import type { Occupancy } from './occupancy.js';
import { createQuality, type TraceAbout } from './quality.js';
import { createRecordWalk } from './record-walk.js';
import type { Row } from './tables.js';
import { createTeller } from './teller.js';
import type { PhaseTotals, Totals } from './totals.js';
import { kinds, readText } from './trace-format.js';
import type { StepWindows } from './windows.js';

export interface TraceReaderOptions {
  /** A mangled C++ name as people write it; unchanged where this is not given. */
  readonly demangle?: (name: string) => string;
  /** Names of the ranges that are steps; a number at the end of such a name is that of the step. */
  readonly stepPattern?: RegExp;
  /**
   * `own`, the default: what a thread launches belongs to a step that the same thread marks. `any`: where one thread alone
   * marks steps, also what other threads launch while it is in one (PyTorch runs backward passes on a thread of its own).
   */
  readonly launchThreads?: 'own' | 'any';
  /** Of a process that was asked for forces: when, step by step. Its own names of steps are then those of phases. */
  readonly windows?: StepWindows;
  readonly sink?: TraceSink;
  /** Things that wait for their step, at most; what is pushed out counts as launched in none. */
  readonly mostWaiting?: number;
}

export interface TraceReader {
  /** The bytes are read before it returns, or copied. */
  push(chunk: Uint8Array): void;
  /** Once, after the last chunk. */
  finish(): ReadTrace;
}

/** What one trace holds. Times in ns. */
export interface ReadTrace {
  /** Null: the bytes are no trace, or fewer than its head. */
  readonly about: TraceAbout | null;
  readonly state: HookState | null;
  readonly method: AttributionMethod;
  readonly steps: number;
  readonly counts: Readonly<Totals['counts']>;
  readonly rows: readonly NamedRow[];
  readonly phases: readonly ({ readonly name: string } & PhaseTotals)[];
  readonly devices: ReadonlyMap<number, Occupancy>;
  readonly delays: { readonly inSteps: Durations; readonly all: Durations };
  readonly warnings: readonly Warning[];
}

export interface NamedRow extends Row {
  readonly name: string;
}

const defaultStepPattern = /^(?:md[ _-]?)?step(?:[ _#:-]*\d+)?$|^mdbench\.step$/i;
const defaultMostWaiting = 1 << 18;

/** Never throws on what is in the bytes: whatever is wrong with them is in the result. */
export function createTraceReader(options: TraceReaderOptions = {}): TraceReader {
  const names = createNames(options.stepPattern ?? defaultStepPattern, options.demangle);
  const quality = createQuality();
  let pid = 0;
  const intake = createIntake({
    stepOf: names.stepOf,
    anyThread: options.launchThreads === 'any',
    windows: options.windows ?? null,
    told: createTeller(options.sink ?? {}, {
      pid: () => pid,
      rowName: (row) => rowName(row, names),
      rangeName: names.range,
      milliseconds: (clock, time) => intake.clocks.milliseconds(clock, time),
    }),
    most: options.mostWaiting ?? defaultMostWaiting,
  });
  const walk = createRecordWalk({ head, record });

  function head(of: number): void {
    pid = of;
    quality.head(of);
  }

  function record(kind: number, view: DataView, at: number, bytes: number): boolean {
    if (kind === kinds.kernel) intake.kernel(view, at);
    else if (kind === kinds.copy) intake.copy(view, at, 'copy');
    else if (kind === kinds.memset) intake.copy(view, at, 'memset');
    else if (kind === kinds.call) intake.call(view, at);
    else if (kind === kinds.external) intake.external(view, at);
    else if (kind === kinds.range) intake.range(view, at);
    else if (kind === kinds.clock) intake.clock(view, at);
    else if (kind === kinds.name) return name(view, at, bytes);
    else if (kind === kinds.process) return quality.process(view, at, bytes);
    else if (kind === kinds.state) return quality.state(view, at, bytes);
    else if (kind === kinds.buffers) quality.buffers(view, at);
    else if (kind === kinds.end) quality.end(view, at);
    return true;
  }

  function name(view: DataView, at: number, bytes: number): boolean {
    const text = readText(view, at + 16, view.getUint32(at + 12, true), at + bytes);
    if (text === null) return false;
    names.set(view.getUint32(at + 8, true), text);
    return true;
  }

  function finish(): ReadTrace {
    const { method, steps } = intake.finish();
    const { clocks, span, totals, seen } = intake;
    const { implausible } = seen;
    return {
      ...quality.judge({ ...walk.finish(), clocks, span, implausible }),
      method,
      steps,
      counts: totals.counts,
      rows: totals.rows.map((row) => ({ ...row, name: rowName(row, names) })),
      phases: [...totals.phases].map(([id, phase]) => ({ name: names.range(id), ...phase })),
      devices: totals.devices,
      delays: totals.delays,
    };
  }

  return { push: walk.push, finish };
}

function rowName({ kind, id, domain }: Row, names: Names): string {
  if (kind === 'kernel') return names.kernel(id);
  if (kind === 'call') return apiName(domain, id);
  return kind === 'memset' ? kind : copyDirection(id);
}
