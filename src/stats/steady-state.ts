// From where on a series of times is steady: change points on segment medians, classified after
// Barrett et al., "Virtual machine warmup blows hot and cold", OOPSLA 2017.

import { changePoints } from './change-points.js';
import { mean, medianAbsoluteDeviation } from './moments.js';
import { quantile } from './quantile.js';

export type SteadyClass = 'flat' | 'warm-up' | 'slowdown' | 'no-steady-state';

export interface SteadyState {
  readonly class: SteadyClass;
  /** First steady sample. 0 where there is no steady state: then nothing can be left out with reason. */
  readonly from: number;
  /** First sample of each segment after the first, of different level or not. */
  readonly changes: readonly number[];
}

const tolerance = 0.02;
const fewestSamples = 20;

/**
 * Segments whose levels differ by less than 2 % or one robust standard deviation count as one level. The series is
 * `warm-up` when it ends on its lowest level, `slowdown` when it ends higher, `no-steady-state` when it still changes
 * in its last quarter or has fewer than 20 samples.
 */
export function steadyState(series: Float64Array): SteadyState {
  if (series.length < fewestSamples) return { class: 'no-steady-state', from: 0, changes: [] };
  const count = Math.min(200, Math.floor(series.length / 5));
  const starts = Array.from({ length: count + 1 }, (_, k) => Math.floor((k * series.length) / count));
  const medians = starts
    .slice(0, count)
    .map((start, k) => quantile(series.subarray(start, starts[k + 1]), 0.5));
  const noise = noiseOf(medians);
  const points = changePoints(medians, 15 * Math.log(count) * noise ** 2);
  const levels = [0, ...points].map((point, k) => mean(medians.slice(point, points[k] ?? count)));
  const changes = points.map((point) => starts[point]);
  return { ...classify(levels, [0, ...changes], noise, series.length), changes };
}

function classify(
  levels: number[],
  begins: number[],
  noise: number,
  n: number,
): Omit<SteadyState, 'changes'> {
  const last = levels[levels.length - 1];
  const margin = Math.max(tolerance * Math.abs(last), noise);
  const same = levels.map((level) => Math.abs(level - last) <= margin);
  const first = same.lastIndexOf(false) + 1;
  if (first === 0) return { class: 'flat', from: 0 };
  if (begins[first] > 0.75 * n) return { class: 'no-steady-state', from: 0 };
  const lowest = Math.min(...levels);
  return { class: last - lowest <= margin ? 'warm-up' : 'slowdown', from: begins[first] };
}

/** Standard deviation of the medians about their level, from the differences of neighbors: jumps hardly enter. */
function noiseOf(medians: number[]): number {
  const differences = medians.slice(1).map((median, k) => median - medians[k]);
  const robust = (1.4826 * medianAbsoluteDeviation(differences)) / Math.SQRT2;
  return Math.max(robust, 1e-6 * Math.abs(mean(medians)), Number.MIN_VALUE);
}
