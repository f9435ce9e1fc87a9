import { describe, expect, it } from 'vitest';
import { autocorrelationTime, effectiveSamples, mean } from '../../src/stats/index.js';
import { autoregressive, oscillating, whiteNoise } from '../support/synthetic.js';

describe('autocorrelation time', () => {
  it.each([
    [1, 100_000, 2],
    [10, 100_000, 2],
    [200, 100_000, 16],
    [10, 250_000, 2],
    [1000, 1_000_000, 3],
  ])('of an AR(1) series with τ = %d, %d samples, mean of %d seeds', (time, n, seeds) => {
    const found = Array.from({ length: seeds }, (_, k) =>
      autocorrelationTime(autoregressive(n, time, 3 + k)),
    );
    expect(mean(found) / time).toBeGreaterThan(0.9);
    expect(mean(found) / time).toBeLessThan(1.1);
  });

  it('is below 1 where neighbors compensate each other', () => {
    const alternating = whiteNoise(1000, 1).map((x, i) => 0.1 * x + (i % 2));
    expect(autocorrelationTime(alternating)).toBeLessThan(0.2);
    expect(effectiveSamples(alternating)).toBe(1000);
  });

  it('is 1 for a constant and NaN for next to nothing', () => {
    expect(autocorrelationTime(new Float64Array(50).fill(3.5))).toBe(1);
    expect(autocorrelationTime(new Float64Array(200_000).fill(2))).toBe(1);
    expect(autocorrelationTime([1, 2, 3])).toBeNaN();
    expect(effectiveSamples([1, 2, 3])).toBe(3);
  });

  it('takes a slow oscillation for correlated', () => {
    expect(effectiveSamples(oscillating(1000, 300, 5))).toBeLessThan(50);
  });
});
