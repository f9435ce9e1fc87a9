// A profiling pass of known truth: every step alike unless told, moments in ms.

import { type Collection, type MarkName, markNames, type PassRecording } from '../../src/profile/index.js';

/** ms of the parts of one step, in their order. */
const alike = {
  kick: 0.02,
  list: 0.1,
  gap: 0.01,
  feeds: 0.05,
  run: 0.7,
  outputs: 0.04,
  closing: 0.03,
  books: 0.005,
};
type Parts = typeof alike;

export interface PassOptions {
  readonly steps: number;
  /** Parts of single steps that differ, by their index from 0. */
  readonly other?: Readonly<Record<number, Partial<Parts>>>;
  /** ms between two steps. */
  readonly pause?: number;
  readonly collections?: readonly Collection[];
  readonly rebuilt?: readonly number[];
  readonly checkpointed?: readonly number[];
  readonly switches?: Readonly<Record<number, number>>;
  /** False: a force field that does not tell the parts of its call. */
  readonly observed?: boolean;
}

export function passRecording(options: PassOptions): PassRecording {
  const { steps, pause = 0, observed = true } = options;
  const marks = Object.fromEntries(markNames.map((name) => [name, new Float64Array(steps)])) as Record<
    MarkName,
    Float64Array
  >;
  let time = 0;
  for (let k = 0; k < steps; k++) {
    const { kick, list, gap, feeds, run, outputs, closing, books } = { ...alike, ...options.other?.[k] };
    const lengths = [0, kick, list, gap, feeds, run, outputs, closing, books];
    markNames.forEach((name, m) => {
      time += lengths[m]!;
      marks[name][k] = time;
    });
    if (!observed) marks.feedsEnd[k] = marks.runEnd[k] = Number.NaN;
    time += pause;
  }
  const flags = (set: readonly number[] = []) =>
    Uint8Array.from({ length: steps }, (_, k) => Number(set.includes(k)));
  return {
    steps,
    marks,
    rebuilt: flags(options.rebuilt),
    checkpointed: flags(options.checkpointed),
    switches: Int32Array.from({ length: steps }, (_, k) => options.switches?.[k] ?? 0),
    conserved: new Float64Array(steps).fill(-274.6),
    collections: options.collections ?? [],
    origin: { mark: 0, monotonic: 1000 },
  };
}
