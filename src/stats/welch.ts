// Difference of two means of unequal spread: Welch, Biometrika 34, 28 (1947), with Satterthwaite's degrees of freedom.

import tProbabilityBelow from '@stdlib/stats-base-dists-t-cdf';
import { mean, standardDeviation } from './moments.js';
import { type Interval, tFactor } from './student.js';

interface Welch {
  /** mean of second − mean of first */
  readonly difference: Interval;
  readonly t: number;
  readonly degrees: number;
  /** Two-sided, of "equal means". */
  readonly p: number;
  /** One-sided: small where the second is larger. */
  readonly pLarger: number;
}

/** Infinite interval and p 1 where a sample has fewer than two values; a zero error decides by the difference. */
export function welch(first: ArrayLike<number>, second: ArrayLike<number>, level = 0.95): Welch {
  const value = mean(second) - mean(first);
  if (first.length < 2 || second.length < 2) {
    const difference = { value, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    return { difference, t: 0, degrees: 0, p: 1, pLarger: 1 };
  }
  const one = standardDeviation(first) ** 2 / first.length;
  const two = standardDeviation(second) ** 2 / second.length;
  const error = Math.sqrt(one + two);
  if (error === 0) {
    const p = value === 0 ? 1 : 0;
    return {
      difference: { value, low: value, high: value },
      t: value === 0 ? 0 : Math.sign(value) * Number.POSITIVE_INFINITY,
      degrees: first.length + second.length - 2,
      p,
      pLarger: value > 0 ? 0 : 1,
    };
  }
  const degrees = (one + two) ** 2 / (one ** 2 / (first.length - 1) + two ** 2 / (second.length - 1));
  const t = value / error;
  const half = tFactor(level, degrees) * error;
  return {
    difference: { value, low: value - half, high: value + half },
    t,
    degrees,
    p: 2 * tProbabilityBelow(-Math.abs(t), degrees),
    pLarger: tProbabilityBelow(-t, degrees),
  };
}
