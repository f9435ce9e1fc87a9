// The slope of one correlated series from the means of its windows: the first third against the last (Bartlett,
// Biometrics 5, 207 (1949)), with an interval that is meant to be too wide rather than too narrow.

import { autocorrelationTime } from './autocorrelation.js';
import { mean, standardDeviation } from './moments.js';
import { leastSquares } from './slope.js';
import { type Interval, tFactor } from './student.js';

/**
 * Slope per sample. The half width is the widest of: the standard error of the two means with Geyer's autocorrelation
 * time (never below 1) of the residuals; least squares over five window means; and, when the series is worth fewer
 * than 30 independent samples, Student's t over the differences of eight window means, which holds for a random walk.
 * NaN for fewer than 20 samples.
 */
export function windowTrend(series: Float64Array, level = 0.95): Interval {
  if (series.length < 20) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const third = Math.floor(series.length / 3);
  const value =
    (mean(series.subarray(series.length - third)) - mean(series.subarray(0, third))) /
    (series.length - third);
  const residuals = withoutLine(series);
  const time = Math.max(autocorrelationTime(residuals), 1);
  const effective = series.length / time;
  const half = Math.max(
    halfOfThirds(residuals, time, level),
    halfOfWindowLine(series, 5, level),
    effective < 30 ? halfOfDifferences(series, 8, level) : 0,
  );
  return { value, low: value - half, high: value + half };
}

/** τ of residuals about a fitted line comes out short by a share of about 12 τ/n (from simulation). */
function halfOfThirds(residuals: Float64Array, time: number, level: number): number {
  const n = residuals.length;
  const third = Math.floor(n / 3);
  const variance = (standardDeviation(residuals) ** 2 * (time * (1 + (12 * time) / n))) / third;
  return (tFactor(level, Math.max(n / time / 3, 2)) * Math.sqrt(2 * variance)) / (n - third);
}

function halfOfWindowLine(series: Float64Array, windows: number, level: number): number {
  const { means, length } = windowMeans(series, windows);
  const line = leastSquares(
    means.map((_, k) => k * length),
    means,
  );
  return tFactor(level, windows - 2) * line.standardError;
}

/** √1.5: in a random walk, neighboring differences of window means correlate by a quarter. */
function halfOfDifferences(series: Float64Array, windows: number, level: number): number {
  const { means, length } = windowMeans(series, windows);
  const differences = means.slice(1).map((value, k) => (value - means[k]) / length);
  return (
    (Math.sqrt(1.5) * tFactor(level, windows - 2) * standardDeviation(differences)) / Math.sqrt(windows - 1)
  );
}

function windowMeans(series: Float64Array, windows: number): { means: number[]; length: number } {
  const length = Math.floor(series.length / windows);
  const start = series.length - windows * length;
  const means = Array.from({ length: windows }, (_, k) =>
    mean(series.subarray(start + k * length, start + (k + 1) * length)),
  );
  return { means, length };
}

function withoutLine(series: Float64Array): Float64Array {
  const line = leastSquares(
    series.map((_, i) => i),
    series,
  );
  return series.map((value, i) => value - line.intercept - line.slope * i);
}
