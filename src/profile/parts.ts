// The parts of a profiled step in ms, garbage collections taken out of the part in which they fell.

import type { Collection, MarkName, PassRecording } from './recording.js';

export type StepPart = 'integrate' | 'neighbors' | 'feeds' | 'forces' | 'outputs' | 'observe';

/** Totals over the steps from `from` on. A part and its `collected` together are what its marks span. */
export interface PartTotals {
  readonly steps: number;
  readonly whole: number;
  readonly parts: Readonly<Record<StepPart, number>>;
  readonly collected: Readonly<Record<StepPart, number>>;
}

interface Span {
  readonly part: StepPart;
  readonly begin: number;
  readonly end: number;
}

export function totalParts(recording: PassRecording, from: number): PartTotals {
  const parts = zeros();
  const collected = zeros();
  const collections = collectionFinder(recording.collections);
  let whole = 0;
  for (let k = from; k < recording.steps; k++) {
    const spans = spansOf(recording.marks, k);
    const inStep = collections(recording.marks.begin[k], recording.marks.end[k]);
    whole += recording.marks.end[k] - recording.marks.begin[k];
    for (const { part, begin, end } of spans) {
      const collecting = inStep.reduce((sum, one) => sum + overlap(one, begin, end), 0);
      parts[part] += end - begin - collecting;
      collected[part] += collecting;
    }
  }
  return { steps: Math.max(0, recording.steps - from), whole, parts, collected };
}

/** One after another, together the whole step. Without marks inside the force call all of it is `forces`. */
function spansOf(marks: PassRecording['marks'], k: number): Span[] {
  const at = (name: MarkName) => marks[name][k];
  const feedsEnd = Number.isNaN(at('feedsEnd')) ? at('callBegin') : at('feedsEnd');
  const runEnd = Number.isNaN(at('runEnd')) ? at('callEnd') : at('runEnd');
  return [
    { part: 'integrate', begin: at('begin'), end: at('listBegin') },
    { part: 'neighbors', begin: at('listBegin'), end: at('listEnd') },
    { part: 'integrate', begin: at('listEnd'), end: at('callBegin') },
    { part: 'feeds', begin: at('callBegin'), end: feedsEnd },
    { part: 'forces', begin: feedsEnd, end: runEnd },
    { part: 'outputs', begin: runEnd, end: at('callEnd') },
    { part: 'integrate', begin: at('callEnd'), end: at('integrated') },
    { part: 'observe', begin: at('integrated'), end: at('end') },
  ];
}

/** For spans asked in the order of time; collections come in that order too. */
export function collectionFinder(
  collections: readonly Collection[],
): (begin: number, end: number) => readonly Collection[] {
  let next = 0;
  return (begin, end) => {
    while (next < collections.length && collections[next].begin + collections[next].duration <= begin) next++;
    let last = next;
    while (last < collections.length && collections[last].begin < end) last++;
    return next === last ? [] : collections.slice(next, last);
  };
}

export function overlap({ begin, duration }: Collection, from: number, to: number): number {
  return Math.max(0, Math.min(begin + duration, to) - Math.max(begin, from));
}

function zeros(): Record<StepPart, number> {
  return { integrate: 0, neighbors: 0, feeds: 0, forces: 0, outputs: 0, observe: 0 };
}
