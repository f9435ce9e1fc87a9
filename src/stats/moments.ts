// Mean and spread of plain numbers; the unit of the result is the unit of the values.

import { quantile } from './quantile.js';

/** NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** With n − 1; NaN of fewer than two. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const center = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - center) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/** Median of |x − median|, not scaled to a normal distribution. */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number {
  const center = quantile(values, 0.5);
  return quantile(
    Float64Array.from(values, (value) => Math.abs(value - center)),
    0.5,
  );
}
