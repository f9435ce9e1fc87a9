// From where on a series of times is steady: change points on segment medians, classified after
// Barrett et al., "Virtual machine warmup blows hot and cold", OOPSLA 2017.

import { changePoints } from './change-points.js';
import { mean } from './moments.js';
import { quantile, sorted } from './quantile.js';

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
/** Share of the run below which a later stretch of another level is noise, not a change. */
const lastingShare = 0.05;
const latestStart = 0.75;
const longestWarmUp = 0.5;
const medianOfSquaredNormal = 0.4549364;

/**
 * Leading segments are warm-up as long as they are slower than the last level throughout (three quarters of their
 * medians, by 2 % or one robust standard deviation) and hardly any later median is as slow: in times that jump between
 * two levels all along, none is. `slowdown`: a later stretch of 5 % of the run or more differs from the last level; it
 * is kept. `no-steady-state`: the last level is first reached in the last quarter, the warm-up would be more than half
 * of the run, or there are fewer than 20 samples.
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
  const found = classify(medians, [0, ...points], deviation);
  return { class: found.class, from: starts[found.from], changes: points.map((point) => starts[point]) };
}

/** All in indices of medians. */
function classify(medians: number[], begins: number[], noise: number): { class: SteadyClass; from: number } {
  const n = medians.length;
  const segments = begins.map((begin, k) => medians.slice(begin, begins[k + 1] ?? n));
  const lasting = segments.map((segment) => segment.length >= lastingShare * n);
  const last = quantile(segments[lasting.lastIndexOf(true)] ?? medians.slice(Math.floor(n / 2)), 0.5);
  const margin = Math.max(tolerance * Math.abs(last), noise);
  const warm = segments.findIndex(
    (segment, k) => !isWarmUp(segment, medians.slice(begins[k + 1] ?? n), last + margin),
  );
  const differs = segments.map(
    (segment, k) => lasting[k] && Math.abs(quantile(segment, 0.5) - last) > margin,
  );
  const reached = segments.findIndex((_, k) => k >= warm && lasting[k] && !differs[k]);
  if (begins[warm] > longestWarmUp * n || begins[reached] > latestStart * n) {
    return { class: 'no-steady-state', from: 0 };
  }
  if (differs.includes(true, warm)) return { class: 'slowdown', from: begins[warm] };
  return { class: warm > 0 ? 'warm-up' : 'flat', from: begins[warm] };
}

function isWarmUp(segment: number[], later: number[], limit: number): boolean {
  const typical = quantile(segment, 0.5);
  return quantile(segment, 0.25) > limit && quantile(later, 0.9) < typical;
}

/**
 * Standard deviation and autocorrelation time of the medians about their level, from the structure function
 * V(k) = 2σ²(1 − ρ(k)) as a median over pairs at distance k ≤ 10: jumps of the level hardly enter, unless there are
 * so many that they are the noise.
 */
function noiseOf(medians: number[]): { deviation: number; time: number } {
  const lags = Math.min(10, Math.floor(medians.length / 4));
  const structure = Array.from({ length: lags }, (_, k) => structureAt(medians, k + 1));
  const plateau = Math.max(structure[lags - 1], structure[0]);
  const time = structure.slice(0, -1).reduce((sum, value) => sum + 2 * Math.max(1 - value / plateau, 0), 1);
  const floor = 1e-6 * Math.abs(mean(medians));
  const square = Math.max(plateau, jumpsOf(medians)) / 2;
  return { deviation: Math.max(Math.sqrt(square), floor, 1e-300), time: plateau > 0 ? time : 1 };
}

function structureAt(medians: number[], lag: number): number {
  const squares = medians.slice(lag).map((median, k) => (median - medians[k]) ** 2);
  return quantile(squares, 0.5) / medianOfSquaredNormal;
}

/** Mean over neighboring pairs but the most different 5 %: far above the median where times jump all along. */
function jumpsOf(medians: number[]): number {
  const squares = sorted(medians.slice(1).map((median, k) => (median - medians[k]) ** 2));
  return mean(squares.subarray(0, Math.floor(0.95 * squares.length)));
}
