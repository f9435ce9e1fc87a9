// From where on a series of times is steady: change points on segment medians, classified after
// Barrett et al., "Virtual machine warmup blows hot and cold", OOPSLA 2017.

import { changePoints } from './change-points.js';
import { mean } from './moments.js';
import { quantile } from './quantile.js';

export type SteadyClass = 'flat' | 'warm-up' | 'slowdown' | 'no-steady-state';

export interface SteadyState {
  readonly class: SteadyClass;
  /** First sample after the warm-up. 0 where there is no steady state: then nothing can be left out with reason. */
  readonly from: number;
  /** First sample of each segment after the first, of different level or not. */
  readonly changes: readonly number[];
}

const tolerance = 0.02;
const fewestSamples = 20;
const medianOfSquaredNormal = 0.4549364;

/**
 * Segments whose levels differ by less than 2 % or one robust standard deviation count as one level; the leading ones
 * above the last level are warm-up. `slowdown`: later ones differ from the last, be it a burst or a lasting rise, and
 * are kept. `no-steady-state`: the last level is first reached in the last quarter, or there are fewer than 20 samples.
 */
export function steadyState(series: Float64Array): SteadyState {
  if (series.length < fewestSamples) return { class: 'no-steady-state', from: 0, changes: [] };
  const count = Math.min(200, Math.floor(series.length / 5));
  const starts = Array.from({ length: count + 1 }, (_, k) => Math.floor((k * series.length) / count));
  const medians = starts
    .slice(0, count)
    .map((start, k) => quantile(series.subarray(start, starts[k + 1]), 0.5));
  const { deviation, time } = noiseOf(medians);
  const points = changePoints(medians, 15 * Math.log(count) * time * deviation ** 2);
  const levels = [0, ...points].map((point, k) => mean(medians.slice(point, points[k] ?? count)));
  const changes = points.map((point) => starts[point]);
  return { ...classify(levels, [0, ...changes], deviation, series.length), changes };
}

function classify(
  levels: number[],
  begins: number[],
  noise: number,
  n: number,
): Omit<SteadyState, 'changes'> {
  const last = levels[levels.length - 1];
  const margin = Math.max(tolerance * Math.abs(last), noise);
  const steady = levels.map((level) => Math.abs(level - last) <= margin);
  if (begins[steady.indexOf(true)] > 0.75 * n) return { class: 'no-steady-state', from: 0 };
  const warm = levels.findIndex((level) => level <= last + margin);
  if (steady.slice(warm).includes(false)) return { class: 'slowdown', from: begins[warm] };
  return { class: warm > 0 ? 'warm-up' : 'flat', from: begins[warm] };
}

/**
 * Standard deviation and autocorrelation time of the medians about their level, from the structure function
 * V(k) = 2σ²(1 − ρ(k)) as a median over pairs at distance k ≤ 10: jumps of the level hardly enter.
 */
function noiseOf(medians: number[]): { deviation: number; time: number } {
  const lags = Math.min(10, Math.floor(medians.length / 4));
  const structure = Array.from({ length: lags }, (_, k) => structureAt(medians, k + 1));
  const plateau = Math.max(structure[lags - 1], structure[0]);
  const time = structure.slice(0, -1).reduce((sum, value) => sum + 2 * Math.max(1 - value / plateau, 0), 1);
  const floor = 1e-6 * Math.abs(mean(medians));
  return { deviation: Math.max(Math.sqrt(plateau / 2), floor, 1e-300), time: plateau > 0 ? time : 1 };
}

function structureAt(medians: number[], lag: number): number {
  const squares = medians.slice(lag).map((median, k) => (median - medians[k]) ** 2);
  return quantile(squares, 0.5) / medianOfSquaredNormal;
}
