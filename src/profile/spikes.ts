// Steps that took much longer than the others, and what happened in them.

import type { SpikeCause, Spikes } from '../result/profile.js';
import { medianAbsoluteDeviation, quantile } from '../stats/index.js';
import { collectionFinder, overlap } from './parts.js';
import type { PassRecording } from './recording.js';

/** A step is a spike from a quarter above the median on, and eight robust standard deviations. */
const leastExcess = 0.25;
const deviations = 8;
/** A median absolute deviation times this is a standard deviation where errors are normal. */
const normalScale = 1.4826;
const mostListed = 50;
/** A collection explains a spike where it is this share of what the step took beyond the median. */
const explainingShare = 0.5;

type Spike = Spikes['largest'][number];

/** @param from first steady step, counted from 0; spikes before it belong to the warm-up */
export function findSpikes(recording: PassRecording, from: number): Spikes | null {
  const { begin, end } = recording.marks;
  const times = end.map((time, k) => time - begin[k]);
  const steady = times.subarray(from);
  if (steady.length === 0) return null;
  const median = quantile(steady, 0.5);
  const scatter = normalScale * medianAbsoluteDeviation(steady);
  const threshold = median + Math.max(leastExcess * median, deviations * scatter);
  const collections = collectionFinder(recording.collections);
  const usualSwitches = quantile(Float64Array.from(recording.switches.subarray(from)), 0.5);
  const spikes: Spike[] = [];
  for (let k = from; k < times.length; k++) {
    if (!(times[k] > threshold)) continue;
    const collection = collections(begin[k], end[k]).reduce(
      (sum, one) => sum + overlap(one, begin[k], end[k]),
      0,
    );
    const causes = causesOf(recording, k, { collection, excess: times[k] - median, usualSwitches });
    spikes.push({ step: k + 1, time: times[k], causes, collection, switches: recording.switches[k] });
  }
  return {
    median,
    threshold,
    steps: steady.length,
    causes: byCause(spikes, median),
    largest: largestOf(spikes),
  };
}

/**
 * A collection that is long enough first, then what always costs time, then what often does. With several threads a step
 * waits for the others as a rule: only more switches than usual are a cause.
 */
function causesOf(
  recording: PassRecording,
  k: number,
  { collection, excess, usualSwitches }: { collection: number; excess: number; usualSwitches: number },
): SpikeCause[] {
  const explains = collection >= explainingShare * excess;
  const found: [SpikeCause, boolean][] = [
    ['garbage-collection', explains],
    ['list-rebuild', recording.rebuilt[k] === 1],
    ['checkpoint', recording.checkpointed[k] === 1],
    ['context-switch', recording.switches[k] > usualSwitches],
    ['garbage-collection', collection > 0 && !explains],
  ];
  const causes = found.filter(([, happened]) => happened).map(([cause]) => cause);
  return causes.length > 0 ? causes : ['unknown'];
}

function byCause(spikes: readonly Spike[], median: number): Spikes['causes'] {
  const sums = new Map<SpikeCause, { count: number; excess: number }>();
  for (const { causes, time } of spikes) {
    const sum = sums.get(causes[0]) ?? { count: 0, excess: 0 };
    sums.set(causes[0], { count: sum.count + 1, excess: sum.excess + time - median });
  }
  return [...sums].map(([cause, sum]) => ({ cause, ...sum })).sort((a, b) => b.excess - a.excess);
}

function largestOf(spikes: readonly Spike[]): Spike[] {
  return [...spikes]
    .sort((a, b) => b.time - a.time)
    .slice(0, mostListed)
    .sort((a, b) => a.step - b.step);
}
