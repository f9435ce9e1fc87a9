// A straight line a + b·x with intervals of both, and where two such lines cross: least squares, Student's t, and
// Fieller's theorem for the crossing (J. R. Stat. Soc. B 16, 175 (1954)).

import { type Interval, tFactor } from './student.js';

export interface FittedLine {
  /** Unit of y; unit of y over unit of x. */
  readonly intercept: Interval;
  readonly slope: Interval;
  /** Variances of intercept and slope, and their covariance; NaN for fewer than three points. */
  readonly covariance: { readonly intercept: number; readonly slope: number; readonly both: number };
  /** Points − 2. */
  readonly degrees: number;
}

/**
 * Intervals are infinite for two points, everything is NaN for fewer or for equal x.
 * @param weights of squared residuals, none unless told: 1/y² for errors that grow with y
 */
export function fitLine(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights: ArrayLike<number> = new Float64Array(x.length).fill(1),
  level = 0.95,
): FittedLine {
  const weight = sumOver(x.length, (i) => weights[i]);
  const centerX = sumOver(x.length, (i) => weights[i] * x[i]) / weight;
  const centerY = sumOver(x.length, (i) => weights[i] * y[i]) / weight;
  const xx = sumOver(x.length, (i) => weights[i] * (x[i] - centerX) ** 2);
  const xy = sumOver(x.length, (i) => weights[i] * (x[i] - centerX) * (y[i] - centerY));
  const slope = xx > 0 ? xy / xx : Number.NaN;
  const intercept = centerY - slope * centerX;
  const degrees = x.length - 2;
  const squares = sumOver(x.length, (i) => weights[i] * (y[i] - intercept - slope * x[i]) ** 2);
  const variance = degrees > 0 ? squares / degrees : Number.NaN;
  const covariance = {
    intercept: variance * (1 / weight + centerX ** 2 / xx),
    slope: variance / xx,
    both: (-variance * centerX) / xx,
  };
  return {
    intercept: withInterval(intercept, covariance.intercept, degrees, level),
    slope: withInterval(slope, covariance.slope, degrees, level),
    covariance,
    degrees,
  };
}

/**
 * The x where two independent lines meet, with its interval: all x where their difference is not distinguishable from
 * zero. Null where they do not meet (equal slopes); an infinite bound where the slopes cannot be told apart.
 */
export function crossing(first: FittedLine, second: FittedLine, level = 0.95): Interval | null {
  const intercept = first.intercept.value - second.intercept.value;
  const slope = first.slope.value - second.slope.value;
  const value = -intercept / slope;
  if (!Number.isFinite(value)) return null;
  const degrees = Math.min(first.degrees, second.degrees);
  const unknown = { value, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  if (degrees < 1) return unknown;
  const factor = tFactor(level, degrees) ** 2;
  const a = slope ** 2 - factor * (first.covariance.slope + second.covariance.slope);
  const b = intercept * slope - factor * (first.covariance.both + second.covariance.both);
  const c = intercept ** 2 - factor * (first.covariance.intercept + second.covariance.intercept);
  const discriminant = b * b - a * c;
  if (!(a > 0) || discriminant < 0) return unknown;
  return { value, low: (-b - Math.sqrt(discriminant)) / a, high: (-b + Math.sqrt(discriminant)) / a };
}

function withInterval(value: number, variance: number, degrees: number, level: number): Interval {
  if (degrees === 0 && !Number.isNaN(value)) {
    return { value, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const half = degrees > 0 ? tFactor(level, degrees) * Math.sqrt(variance) : Number.NaN;
  return { value, low: value - half, high: value + half };
}

function sumOver(n: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum;
}
