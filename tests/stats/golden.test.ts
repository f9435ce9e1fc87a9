import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  autocorrelationTime,
  changePoints,
  leastSquares,
  mean,
  medianAbsoluteDeviation,
  quantile,
  standardDeviation,
  theilSen,
  tInterval,
} from '../../src/stats/index.js';

const golden = JSON.parse(readFileSync(new URL('../golden/stats.json', import.meta.url), 'utf8'));

function expectClose(actual: number, expected: number, relative = 1e-12) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1));
}

describe('against numpy, scipy, statsmodels and ruptures', () => {
  it('location and spread', () => {
    const { values, ...truth } = golden.skewed;
    expectClose(mean(values), truth.mean);
    expectClose(standardDeviation(values), truth.standardDeviation);
    expectClose(medianAbsoluteDeviation(values), truth.medianAbsoluteDeviation);
  });

  it.each(golden.skewed.quantiles as [number, number][])('quantile %d', (p, expected) => {
    expectClose(quantile(golden.skewed.values, p), expected);
  });

  it('least squares', () => {
    const { x, y, leastSquares: truth } = golden.points;
    const line = leastSquares(x, y);
    for (const key of ['slope', 'intercept', 'standardError', 'residual'] as const) {
      expectClose(line[key], truth[key], 1e-10);
    }
  });

  it('Theil–Sen slope and interval', () => {
    const { x, y, theilSen: truth } = golden.points;
    const found = theilSen(x, y);
    for (const key of ['value', 'low', 'high'] as const) expectClose(found[key], truth[key]);
  });

  it.each(golden.t as { values: number[]; level: number; value: number; low: number; high: number }[])(
    't interval of $values.length values at $level',
    ({ values, level, ...truth }) => {
      const found = tInterval(values, level);
      for (const key of ['value', 'low', 'high'] as const) expectClose(found[key], truth[key], 1e-8);
    },
  );

  it.each(golden.correlated as { values: number[]; time: number }[])(
    'autocorrelation time $time',
    (series) => {
      expectClose(autocorrelationTime(series.values), series.time, 1e-9);
    },
  );

  it.each(golden.changePoints as { values: number[]; penalty: number; points: number[] }[])(
    'change points at penalty $penalty',
    ({ values, penalty, points }) => {
      expect(changePoints(values, penalty)).toEqual(points);
    },
  );
});
