import { describe, expect, it } from 'vitest';
import { blockBootstrap, effectiveSamples } from '../../src/stats/index.js';
import { autoregressive, coverage, whiteNoise } from '../support/synthetic.js';

const resamples = 400;

describe('block bootstrap', () => {
  it.each([
    ['white noise', 1, 200],
    ['AR(1), τ = 5', 5, 1000],
    ['AR(1), τ = 20', 20, 1000],
    ['AR(1), τ = 20', 20, 400],
    ['few samples', 1, 20],
  ])('covers the mean of %s', (_, time, n) => {
    const covered = coverage(0, 400, (seed) =>
      blockBootstrap(autoregressive(n, time, seed), 'mean', { seed, resamples }),
    );
    expect(covered).toBeGreaterThan(0.92);
    expect(covered).toBeLessThan(0.98);
  });

  it.each([
    [0.5, 0, 1],
    [0.9, 1.2815515655446004, 1],
    [0.99, 2.3263478740408408, 1],
    [0.5, 0, 10],
    [0.9, 1.2815515655446004, 10],
  ])('covers the %d quantile (%d), τ = %d', (p, truth, time) => {
    const covered = coverage(truth, 300, (seed) =>
      blockBootstrap(autoregressive(1000, time, seed), { quantile: p }, { seed, resamples }),
    );
    expect(covered).toBeGreaterThan(0.91);
    expect(covered).toBeLessThan(0.99);
  });

  it('gives the same interval for the same seed and another for another', () => {
    const series = whiteNoise(500, 2);
    const once = blockBootstrap(series, 'mean', { seed: 4 });
    expect(blockBootstrap(series, 'mean', { seed: 4 })).toEqual(once);
    expect(blockBootstrap(series, 'mean', { seed: 5 }).low).not.toBe(once.low);
  });

  it('is wider at a higher level', () => {
    const series = whiteNoise(500, 2);
    const narrow = blockBootstrap(series, 'mean', { seed: 4, level: 0.8 });
    const wide = blockBootstrap(series, 'mean', { seed: 4, level: 0.99 });
    expect(wide.high - wide.low).toBeGreaterThan(1.5 * (narrow.high - narrow.low));
  });

  it('uses every one of a million correlated samples', () => {
    const series = autoregressive(1_000_000, 10, 8);
    const { low, high, effective, blockLength } = blockBootstrap(series, 'mean', { seed: 1 });
    expect(blockLength).toBeGreaterThanOrEqual(1000);
    expect(effective / effectiveSamples(series)).toBeCloseTo(1, 6);
    expect((high - low) / (2 * 1.96 * Math.sqrt(10 / 1e6))).toBeGreaterThan(0.85);
    expect((high - low) / (2 * 1.96 * Math.sqrt(10 / 1e6))).toBeLessThan(1.15);
  });

  it('has no interval with fewer than 12 effective samples', () => {
    const few = [[], [2], [1, 2, 3], [1, 2, 3, 4, 5, 6, 7], whiteNoise(11, 1), autoregressive(500, 200, 3)];
    for (const series of few) {
      const { low, high } = blockBootstrap(Float64Array.from(series), 'mean', { seed: 1 });
      expect([low, high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    }
  });
});
