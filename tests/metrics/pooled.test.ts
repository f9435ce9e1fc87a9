// What two processes say of each other is not lost: the interval of two holds both.

import { describe, expect, it } from 'vitest';
import { pooled } from '../../src/metrics/pooled.js';
import { whiteNoise } from '../support/synthetic.js';

const around = (level: number, seed: number) => whiteNoise(2000, seed).map((value) => level + 0.01 * value);

describe('a number of several trajectories', () => {
  it('of two has an interval that holds the value of each', () => {
    const { low, high, warnings } = pooled([around(1, 1), around(1.2, 2)], { quantile: 0.5 }, 1, 'log');
    expect(low).toBeLessThanOrEqual(1.001);
    expect(high).toBeGreaterThanOrEqual(1.199);
    expect(warnings.map(({ code }) => code)).toEqual(['interval-within-run']);
  });

  it('of five that differ by 10 % is as wide as their scatter, not as what is within them', () => {
    const levels = [1, 1.1, 0.95, 1.05, 0.9];
    const { low, high } = pooled(
      levels.map((level, k) => around(level, k + 1)),
      'mean',
      1,
      'log',
    );
    expect(high - low).toBeGreaterThan(0.1);
    expect(high - low).toBeLessThan(0.4);
  });
});
