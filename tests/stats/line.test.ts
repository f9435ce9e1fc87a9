import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { crossing, fitLine, type Interval } from '../../src/stats/index.js';
import { coverage } from '../support/synthetic.js';

const sizes = [8, 64, 216, 512, 1000];

function noisy(intercept: number, slope: number, spread: number, seed: number) {
  const random = createRandom(seed);
  return sizes.map((n) => (intercept + slope * n) * Math.exp(spread * random.normal()));
}

function fitted(intercept: number, slope: number, spread: number, seed: number) {
  const y = noisy(intercept, slope, spread, seed);
  return fitLine(
    sizes,
    y,
    y.map((time) => 1 / time ** 2),
  );
}

describe('a line', () => {
  it('comes back from its own points', () => {
    const { intercept, slope } = fitLine([1, 2, 4], [5, 7, 11]);
    expect(intercept.value).toBeCloseTo(3, 12);
    expect(slope.value).toBeCloseTo(2, 12);
    expect(slope.high - slope.low).toBeLessThan(1e-6);
  });

  it.each(['intercept', 'slope'] as const)('covers the true %s when weighted for relative errors', (key) => {
    const truth = { intercept: 0.2, slope: 0.004 };
    const covered = coverage(
      truth[key],
      1500,
      (seed) => fitted(truth.intercept, truth.slope, 0.03, seed)[key],
    );
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });

  it('has no interval through two points, and is nothing through one or through equal x', () => {
    const { intercept, slope } = fitLine([1, 3], [1, 5]);
    expect(slope).toEqual({ value: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
    expect(intercept.value).toBe(-1);
    for (const { slope: none } of [fitLine([1], [1]), fitLine([], []), fitLine([2, 2, 2], [1, 2, 3])]) {
      expect(none.value).toBeNaN();
      expect(none.low).toBeNaN();
    }
  });
});

describe('where two lines cross', () => {
  it('is exact for exact lines', () => {
    const found = crossing(fitLine([1, 2, 3], [1, 2, 3]), fitLine([1, 2, 3], [5, 4, 3]));
    expect(found?.value).toBeCloseTo(3, 12);
    expect(found?.low).toBeCloseTo(3, 5);
    expect(found?.high).toBeCloseTo(3, 5);
  });

  it('is covered, at the level of the shorter of the two', () => {
    const covered = coverage(500, 1500, (seed) => {
      const first = fitLine(sizes, white(1, 0.002, seed));
      const second = fitLine(sizes, white(0.5, 0.003, seed + 3));
      return crossing(first, second) as Interval;
    });
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.99);
  });

  it('is covered where all the noise is in one line of three points', () => {
    const covered = coverage(4, 2000, (seed) => {
      const random = createRandom(seed);
      const noise = [1, 2, 6].map((x) => 1 + 0.5 * x + 0.01 * random.normal());
      return crossing(fitLine([1, 2, 6], noise), fitLine([1, 2, 6], [3, 3, 3])) as Interval;
    });
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });

  it('may be anywhere when the slopes cannot be told apart', () => {
    const found = crossing(fitLine(sizes, white(1, 0.002, 3)), fitLine(sizes, white(0.5, 0.00201, 4)));
    expect([found?.low, found?.high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it('does not exist for parallels, and has no interval through two points each', () => {
    expect(crossing(fitLine([0, 1], [0, 1]), fitLine([0, 1], [1, 2]))).toBeNull();
    expect(crossing(fitLine([0, 1], [0, 1]), fitLine([0, 1], [1, 0]))).toEqual({
      value: 0.5,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
  });
});

function white(intercept: number, slope: number, seed: number) {
  const random = createRandom(seed);
  return sizes.map((n) => intercept + slope * n + 0.02 * random.normal());
}
