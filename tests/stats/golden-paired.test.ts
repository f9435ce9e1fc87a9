import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  decide,
  fitLine,
  type Interval,
  mannKendall,
  mannWhitney,
  pairEffect,
  ratioInterval,
  smallestDetectable,
  varianceComponents,
  welch,
} from '../../src/stats/index.js';

const golden = JSON.parse(readFileSync(new URL('../golden/stats.json', import.meta.url), 'utf8'));

function expectClose(actual: number, expected: number, relative = 1e-10) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-3));
}

function expectInterval(actual: Interval, expected: Interval, relative = 1e-10) {
  for (const key of ['value', 'low', 'high'] as const) expectClose(actual[key], expected[key], relative);
}

interface TwoSamples {
  first: number[];
  second: number[];
  p: number;
  pLarger: number;
}

describe('against scipy, statsmodels and pymannkendall', () => {
  it.each(golden.mannWhitney as (TwoSamples & { u: number })[])(
    'Mann–Whitney, U = $u',
    ({ first, second, ...truth }) => {
      const found = mannWhitney(first, second);
      for (const key of ['u', 'p', 'pLarger'] as const) expectClose(found[key], truth[key], 1e-12);
    },
  );

  it.each(golden.welch as (TwoSamples & Interval & { t: number; degrees: number; level: number })[])(
    'Welch, t = $t',
    ({ first, second, level, value, low, high, ...truth }) => {
      const found = welch(first, second, level);
      for (const key of ['t', 'degrees', 'p', 'pLarger'] as const) expectClose(found[key], truth[key]);
      expectInterval(found.difference, { value, low, high });
    },
  );

  it.each(golden.mannKendall as { values: number[]; s: number; tau: number; z: number; p: number }[])(
    'Mann–Kendall, S = $s',
    ({ values, ...truth }) => {
      const found = mannKendall(values);
      for (const key of ['s', 'tau', 'z', 'p'] as const) expectClose(found[key], truth[key], 1e-12);
    },
  );

  it.each(golden.lines as Golden[])('a line at $level, weighted or not', (truth) => {
    const found = fitLine(truth.x, truth.y, truth.weights, truth.level);
    expectInterval(found.intercept, truth.intercept, 1e-9);
    expectInterval(found.slope, truth.slope, 1e-9);
    for (const key of ['intercept', 'slope', 'both'] as const) {
      expectClose(found.covariance[key] / truth.covariance[key], 1, 1e-9);
    }
  });

  it.each(golden.pairedRatio as (Interval & Ratio)[])(
    'ratio of paired times at $level',
    ({ baseline, candidate, level, ...truth }) => {
      const effects = baseline.map((time, k) =>
        pairEffect(['candidate', 'baseline'], [0, 0], [0, 0], [candidate[k], time]),
      );
      expectInterval(ratioInterval(effects, level), truth);
    },
  );

  it.each(golden.decisions as OneSided[])(
    'bounds and p of a decision, estimate $estimate, alpha $alpha',
    ({ effects, tolerance, alpha, ...truth }) => {
      const found = decide(effects, { tolerance, alpha });
      for (const key of ['estimate', 'low', 'high', 'p'] as const) expectClose(found[key], truth[key]);
    },
  );

  it.each(
    golden.detectable as {
      spread: number;
      pairs: number;
      tolerance: number;
      alpha: number;
      slowdown: number;
    }[],
  )(
    'the smallest slowdown that $pairs pairs of spread $spread see',
    ({ spread, pairs, tolerance, alpha, slowdown }) => {
      expectClose(smallestDetectable(spread, pairs, { tolerance, alpha }), slowdown, 1e-5);
    },
  );

  it('variance components of a balanced nested design', () => {
    const { effects, ...truth } = golden.components;
    const found = varianceComponents(effects);
    for (const key of ['process', 'session', 'block'] as const) expectClose(found[key], truth[key], 1e-4);
  });
});

interface Golden {
  x: number[];
  y: number[];
  weights: number[];
  level: number;
  intercept: Interval;
  slope: Interval;
  covariance: { intercept: number; slope: number; both: number };
}

interface Ratio {
  baseline: number[];
  candidate: number[];
  level: number;
}

interface OneSided {
  effects: number[];
  tolerance: number;
  alpha: number;
  estimate: number;
  low: number;
  high: number;
  p: number;
}
