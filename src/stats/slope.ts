// Straight lines through (x, y): least squares, and Theil–Sen after Sen, J. Am. Stat. Assoc. 63, 1379 (1968).

import { mean } from './moments.js';
import { sortedQuantile } from './quantile.js';
import { type Interval, tFactor } from './student.js';

interface Line {
  /** Units of y over units of x. */
  readonly slope: number;
  readonly intercept: number;
  /** Of the slope, for white residuals only: far too small for correlated ones. */
  readonly standardError: number;
  /** Root mean square of the residuals, with n − 2. */
  readonly residual: number;
}

/** Least squares. NaN slope for fewer than two distinct x; NaN errors for fewer than three points. */
export function leastSquares(x: ArrayLike<number>, y: ArrayLike<number>): Line {
  const centerX = mean(x);
  const centerY = mean(y);
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - centerX) ** 2;
    xy += (x[i] - centerX) * (y[i] - centerY);
  }
  const slope = xx > 0 ? xy / xx : Number.NaN;
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += (y[i] - centerY - slope * (x[i] - centerX)) ** 2;
  const residual = x.length > 2 ? Math.sqrt(squares / (x.length - 2)) : Number.NaN;
  return { slope, intercept: centerY - slope * centerX, standardError: residual / Math.sqrt(xx), residual };
}

/**
 * Median of the slopes of all pairs with its interval from Kendall's statistic (no correction for ties in y).
 * Exact, O(n²) memory: at most 2 000 points.
 */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): Interval {
  const n = x.length;
  if (n > 2000) throw new RangeError(`theilSen takes at most 2000 points, received ${n}`);
  const slopes = pairSlopes(x, y);
  const value = sortedQuantile(slopes, 0.5);
  const normal = tFactor(level, Number.POSITIVE_INFINITY);
  const half = (normal * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)) / 2;
  const lowRank = Math.round(slopes.length / 2 - half) - 1;
  const highRank = Math.round(slopes.length / 2 + half);
  return {
    value,
    low: lowRank >= 0 ? slopes[lowRank] : Number.NEGATIVE_INFINITY,
    high: highRank < slopes.length ? slopes[highRank] : Number.POSITIVE_INFINITY,
  };
}

function pairSlopes(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      if (x[j] !== x[i]) slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
    }
  }
  return slopes.subarray(0, count).sort();
}
