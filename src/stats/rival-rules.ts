// What other harnesses' decision rules say of the same times, each in our own few lines, with the defaults that their
// documentation gives. They see more than they would measure themselves: many fresh processes, both arms interleaved.

import { createRandom } from '../random.js';
import { mannWhitney } from './mann-whitney.js';
import { mean, standardDeviation } from './moments.js';
import { quantile } from './quantile.js';
import { welch } from './welch.js';

type Process = ArrayLike<number>;

/** Times of single calls, steps or short segments in order, one series a process; any unit. */
export interface RawArms {
  readonly baseline: readonly Process[];
  readonly candidate: readonly Process[];
}

interface RivalRule {
  readonly id: string;
  says(raw: RawArms): 'slower' | 'same';
}

type IsSlower = (baseline: Float64Array, candidate: Float64Array) => boolean;

export const rivalRules: readonly RivalRule[] = [
  ofCalls('mean-5-percent', (baseline, candidate) => mean(candidate) > 1.05 * mean(baseline)),
  ofCalls('min-5-percent', (baseline, candidate) => quantile(candidate, 0) > 1.05 * quantile(baseline, 0)),
  ofCalls('alert-150-percent', (baseline, candidate) => mean(candidate) > 1.5 * mean(baseline)),
  ofCalls('alert-200-percent', (baseline, candidate) => mean(candidate) > 2 * mean(baseline)),
  ofCalls('welch-t', (baseline, candidate) => {
    const { p, t } = welch(baseline, candidate);
    return p < 0.05 && t > 0;
  }),
  ofCalls('mann-whitney', (baseline, candidate) => isShifted(baseline, candidate, 0.05)),
  {
    id: 'benchstat',
    says: ({ baseline, candidate }) => verdict(isShifted(baseline.map(median), candidate.map(median), 0.05)),
  },
  ofCalls('criterion', criterionSaysSlower),
  ofCalls('asv', (baseline, candidate) => asvSaysSlower(baseline, candidate, 1.1)),
  ofCalls('asv-3-percent', (baseline, candidate) => asvSaysSlower(baseline, candidate, 1.03)),
  ofCalls('nvbench', (baseline, candidate) => {
    const noise = Math.min(relativeDeviation(baseline), relativeDeviation(candidate));
    return mean(candidate) / mean(baseline) - 1 > noise;
  }),
];

/** All calls of all processes as one sample, in order. */
function ofCalls(id: string, isSlower: IsSlower): RivalRule {
  return { id, says: ({ baseline, candidate }) => verdict(isSlower(pooled(baseline), pooled(candidate))) };
}

function verdict(isSlower: boolean): 'slower' | 'same' {
  return isSlower ? 'slower' : 'same';
}

function isShifted(baseline: ArrayLike<number>, candidate: ArrayLike<number>, alpha: number): boolean {
  return mannWhitney(candidate, baseline).p < alpha && median(candidate) > median(baseline);
}

/** Two-sided U test at 0.002, and the medians apart by the factor. */
function asvSaysSlower(baseline: Float64Array, candidate: Float64Array, factor: number): boolean {
  return isShifted(baseline, candidate, 0.002) && median(candidate) > factor * median(baseline);
}

/** 100 samples an arm; 95 % bootstrap interval of the change of their mean above the noise threshold of 1 %. */
function criterionSaysSlower(baseline: Float64Array, candidate: Float64Array): boolean {
  const before = batchMeans(baseline, 100);
  const after = batchMeans(candidate, 100);
  const random = createRandom(1);
  const changes = Float64Array.from(
    { length: 1000 },
    () => resampledMean(after, random.integer) / resampledMean(before, random.integer) - 1,
  );
  return quantile(changes, 0.025) > 0.01;
}

function batchMeans(calls: Float64Array, most: number): Float64Array {
  const batches = Math.min(most, calls.length);
  return Float64Array.from({ length: batches }, (_, k) =>
    mean(
      calls.subarray(
        Math.floor((k * calls.length) / batches),
        Math.floor(((k + 1) * calls.length) / batches),
      ),
    ),
  );
}

function resampledMean(values: Float64Array, integer: (n: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[integer(values.length)];
  return sum / values.length;
}

function pooled(processes: readonly Process[]): Float64Array {
  return Float64Array.from(processes.flatMap((calls) => Array.from(calls)));
}

function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

function relativeDeviation(values: Float64Array): number {
  return standardDeviation(values) / mean(values);
}
