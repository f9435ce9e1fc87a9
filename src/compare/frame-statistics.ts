// Means over frames and ratios of their sums, with intervals by block bootstrap over frames in order of time.

import { blockBootstrap, type Interval, mean } from '../stats/index.js';

const seed = 1;

/** Infinite bounds where the frames are worth too few independent ones. */
export function meanOverFrames(values: readonly number[]): Interval {
  const { value, low, high } = blockBootstrap(Float64Array.from(values), 'mean', { seed });
  return { value, low, high };
}

/**
 * Σ above / Σ below; the interval from what each frame adds to the ratio (delta method). 0 without an interval where
 * nothing was counted.
 */
export function ratioOfSums(above: readonly number[], below: readonly number[]): Interval {
  const each = mean(below);
  if (!(each > 0)) return { value: 0, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const ratio = mean(above) / each;
  const around = meanOverFrames(above.map((value, k) => (value - ratio * below[k]) / each));
  return { value: ratio, low: ratio + around.low - around.value, high: ratio + around.high - around.value };
}

/** Of a mean of squares. */
export function rootOf({ value, low, high }: Interval): Interval {
  const root = (square: number) => Math.sqrt(Math.max(square, 0));
  return {
    value: root(value),
    low: Number.isFinite(low) ? root(low) : low,
    high: root(high),
  };
}
