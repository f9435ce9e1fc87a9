// Samples as columns of a chart's table: thinned to the extremes and the median of each bin, rounded to what shows.

import { extremesPerBin, quantile } from '../../stats/index.js';
import type { Table } from './chart.js';

/** One place of a thinned series: the samples of its bin lie between `low` and `high`, half of them below `middle`. */
export interface Place {
  /** Index of a sample in the middle of the bin. */
  readonly index: number;
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** Every sample where there are at most two a bin, else one place a bin. NaN samples are passed over. */
export function thinned(values: Float64Array, bins: number): Place[] {
  if (values.length <= 2 * bins) {
    return Array.from(values, (value, index) => ({ index, middle: value, low: value, high: value }));
  }
  return extremesPerBin(values, bins)
    .filter((bin) => bin.minIndex >= 0)
    .map(({ start, end, min, max }) => {
      const finite = values.subarray(start, end).filter(Number.isFinite);
      return { index: Math.floor((start + end - 1) / 2), middle: quantile(finite, 0.5), low: min, high: max };
    });
}

/** The columns `low` and `high` of a thinned series of `total` samples; none where every sample is drawn. */
export function extremeColumns(
  places: readonly Place[],
  total: number,
  shown: (value: number) => number | null,
): Record<string, (number | null)[]> {
  if (places.length === total) return {};
  return { low: places.map(({ low }) => shown(low)), high: places.map(({ high }) => shown(high)) };
}

/** Tables of the same columns, one below the other. */
export function stacked(tables: readonly Table[]): Table {
  const names = Object.keys(tables[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, tables.flatMap((table) => table[name]!)]));
}

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
export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
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
