// Samples as columns of a chart's table: thinned to extremes, rounded to what a picture can show.

import { extremesPerBin } from '../../stats/index.js';

/** Indices of the smallest and the largest value of each bin, in order; all of them when there are at most two a bin. */
export function extremeIndices(values: Float64Array, bins: number): number[] {
  if (values.length <= 2 * bins) return Array.from(values.keys());
  return extremesPerBin(values, bins).flatMap(({ minIndex, maxIndex }) => {
    if (minIndex < 0) return [];
    if (minIndex === maxIndex) return [minIndex];
    return minIndex < maxIndex ? [minIndex, maxIndex] : [maxIndex, minIndex];
  });
}

/** Rounded to significant digits, so that tables stay short; null where the value is not finite. */
export function rounded(value: number, digits = 4): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}

/** Rounded to a thousandth of what is spread over the picture. */
export function roundedTo(value: number, spread: number): number | null {
  if (!Number.isFinite(value)) return null;
  if (!(spread > 0)) return value;
  const decimals = 3 - Math.floor(Math.log10(spread));
  return Number(value.toFixed(Math.min(15, Math.max(0, decimals))));
}

/** Largest minus smallest finite value. */
export function spreadOf(values: ArrayLike<number>): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) continue;
    if (values[k] < low) low = values[k];
    if (values[k] > high) high = values[k];
  }
  return high >= low ? high - low : 0;
}
