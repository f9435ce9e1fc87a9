// Student's t: interval of a mean from few independent values (Student, Biometrika 6, 1).

import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';
import { mean, standardDeviation } from './moments.js';

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided: P(|t| ≤ result) = level; the normal distribution's for infinite `degrees`. */
export function tFactor(level: number, degrees: number): number {
  return tQuantileOf((1 + level) / 2, Math.min(degrees, 1e9));
}

/** Mean with its interval; infinite of one value, NaN of none. */
export function tInterval(values: ArrayLike<number>, level = 0.95): Interval {
  const value = mean(values);
  const n = values.length;
  if (n < 2) return { value, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const half = (tFactor(level, n - 1) * standardDeviation(values)) / Math.sqrt(n);
  return { value, low: value - half, high: value + half };
}
