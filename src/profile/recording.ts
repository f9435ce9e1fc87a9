// What a profiling pass writes down: the moments of every step, and what happened beside them. ms of one monotonic clock.

import type { StepWindows } from './cuda/index.js';

/** In the order in which they come; `feedsEnd` and `runEnd` are NaN where a force field does not tell them. */
export const markNames = [
  'begin',
  'listBegin',
  'listEnd',
  'callBegin',
  'feedsEnd',
  'runEnd',
  'callEnd',
  'integrated',
  'end',
] as const;
export type MarkName = (typeof markNames)[number];

export interface Collection {
  readonly begin: number;
  readonly duration: number;
  /** `minor`, `major`, `incremental`, `weakcb`. */
  readonly kind: string;
}

/** Entry k belongs to measured step k + 1. */
export interface PassRecording {
  readonly steps: number;
  readonly marks: Readonly<Record<MarkName, Float64Array>>;
  /** 1: the neighbor list was built anew in this step. */
  readonly rebuilt: Uint8Array;
  /** 1: memory was looked at between the step before and this one. */
  readonly checkpointed: Uint8Array;
  /** Times that the thread was taken off its processor since the step before. */
  readonly switches: Int32Array;
  /** eV: the conserved quantity, by which the pass is known to be the same trajectory as the timed one. */
  readonly conserved: Float64Array;
  readonly collections: readonly Collection[];
  /** The same moment on the clock of the marks and on CLOCK_MONOTONIC, both in ms. */
  readonly origin: { readonly mark: number; readonly monotonic: number };
}

/** When each step waited for its forces, on the clock that other processes read too. */
export function callWindows({ marks, origin }: PassRecording): StepWindows {
  const moved = (times: Float64Array) => times.map((time) => time - origin.mark + origin.monotonic);
  return { begins: moved(marks.callBegin), ends: moved(marks.callEnd) };
}
