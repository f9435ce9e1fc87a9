// The conserved quantity of each trajectory that is long enough to look at, in meV/atom.

import type { Samples } from '../result/samples.js';
import type { MetricContext } from './metric.js';

/** Fewer steps have no trend worth the name. */
export const fewestSteps = 20;

export interface ConservedSeries {
  /** Per step, meV/atom, counted from the first. */
  readonly series: Float64Array;
  /** Per step, ps. */
  readonly interval: number;
}

/** The leading finite part of each trajectory; those shorter than half the longest, or than 20 steps, are left out. */
export function conservedSeries(samples: readonly Samples[], context: MetricContext): ConservedSeries[] {
  const atoms = context.result.system?.atoms ?? 0;
  if (atoms === 0) return [];
  const all = samples.map(({ columns }) => finitePart(columns.conserved));
  const longest = Math.max(0, ...all.map((series) => series.length));
  return all
    .filter((series) => series.length >= Math.max(fewestSteps, longest / 2))
    .map((series) => ({
      series: series.map((energy) => ((energy - series[0]) * 1000) / atoms),
      interval: context.result.dynamics.timestep / 1000,
    }));
}

function finitePart(values: Float64Array): Float64Array {
  const end = values.findIndex((value) => !Number.isFinite(value));
  return end < 0 ? values : values.subarray(0, end);
}
