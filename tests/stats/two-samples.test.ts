import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { mannKendall, mannWhitney, type RawArms, rivalRules, welch } from '../../src/stats/index.js';
import { whiteNoise } from '../support/synthetic.js';

describe('tests of two samples and of a trend', () => {
  it('reject what is the same at their nominal rate, and see what differs', () => {
    const n = 3000;
    const wrong = { mannWhitney: 0, larger: 0, welch: 0, mannKendall: 0 };
    for (let seed = 0; seed < n; seed++) {
      const first = whiteNoise(15, 2 * seed);
      const second = whiteNoise(22, 2 * seed + 1).map((x) => 3 * x);
      const twin = whiteNoise(22, 2 * seed + 1);
      if (mannWhitney(first, twin).p < 0.05) wrong.mannWhitney++;
      if (mannWhitney(first, twin).pLarger < 0.05) wrong.larger++;
      if (welch(first, second).p < 0.05) wrong.welch++;
      if (mannKendall(second).p < 0.05) wrong.mannKendall++;
    }
    for (const count of Object.values(wrong)) expect(Math.abs(count / n - 0.05)).toBeLessThan(0.014);
    const low = whiteNoise(30, 5);
    const high = low.map((x) => x + 2);
    expect(mannWhitney(high, low).pLarger).toBeLessThan(1e-6);
    expect(mannWhitney(low, high).pLarger).toBeGreaterThan(0.99);
    expect(welch(low, high).pLarger).toBeLessThan(1e-6);
    expect(welch(high, low).pLarger).toBeGreaterThan(0.99);
    expect(mannKendall(low.map((x, i) => x + i)).p).toBeLessThan(1e-6);
  });

  it('say nothing of nothing', () => {
    expect(mannWhitney([2, 2], [2, 2, 2])).toEqual({ u: 3, p: 1, pLarger: 1 });
    expect(welch([1], [2, 3])).toMatchObject({
      p: 1,
      difference: { value: 1.5, high: Number.POSITIVE_INFINITY },
    });
    expect(mannKendall([4, 4, 4])).toMatchObject({ s: 0, p: 1 });
    expect(mannKendall([1])).toMatchObject({ s: 0, p: 1 });
  });

  it('Welch of constants is decided by their difference', () => {
    expect(welch([1, 1], [2, 2])).toMatchObject({
      p: 0,
      pLarger: 0,
      difference: { value: 1, low: 1, high: 1 },
    });
    expect(welch([2, 2], [1, 1])).toMatchObject({ p: 0, pLarger: 1 });
    expect(welch([1, 1], [1, 1, 1])).toMatchObject({ p: 1, pLarger: 1, t: 0 });
  });
});

describe('the rules of others', () => {
  const times = (slowdown: number, seed: number, spread = 0.004): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 200 }, () => slowdown * Math.exp(spread * random.normal()));
  };
  const arms = (slowdown: number, spread?: number): RawArms => ({
    baseline: [1, 2, 3, 4, 5, 6].map((seed) => times(1, seed, spread)),
    candidate: [7, 8, 9, 10, 11, 12].map((seed) => times(slowdown, seed, spread)),
  });
  const slower = (raw: RawArms) =>
    rivalRules.filter(({ says }) => says(raw) === 'slower').map(({ id }) => id);

  it('say slower from where their thresholds stand on', () => {
    const significant = ['welch-t', 'mann-whitney', 'benchstat'];
    expect(slower(arms(1.005, 0.001))).toEqual([...significant, 'nvbench']);
    expect(slower(arms(1.02))).toEqual([...significant, 'criterion', 'nvbench']);
    expect(slower(arms(1.04))).toEqual([...significant, 'criterion', 'asv-3-percent', 'nvbench']);
    expect(slower(arms(1.07))).toContain('mean-5-percent');
    expect(slower(arms(1.07))).toContain('min-5-percent');
    expect(slower(arms(1.07))).not.toContain('asv');
    expect(slower(arms(1.15))).toContain('asv');
    expect(slower(arms(1.49))).not.toContain('alert-150-percent');
    expect(slower(arms(1.51))).toContain('alert-150-percent');
    expect(slower(arms(1.98))).not.toContain('alert-200-percent');
    expect(slower(arms(2.02))).toHaveLength(rivalRules.length);
  });

  it('want more than their own noise allows', () => {
    expect(slower(arms(1.006))).toContain('nvbench');
    expect(slower(arms(1.003))).not.toContain('nvbench');
    expect(slower(arms(1.02, 0.2))).not.toContain('criterion');
    expect(slower(arms(1.06, 0.2))).toContain('criterion');
    const few = { baseline: [[1, 1.1, 1.2, 1.3, 1.4]], candidate: [[1.15, 1.25, 1.35, 1.45, 1.55]] };
    expect(slower(few)).not.toContain('asv');
    expect(slower(few)).toContain('mean-5-percent');
  });

  it('never call a faster candidate slower', () => {
    expect(slower(arms(0.9))).toEqual([]);
    expect(slower(arms(0.5))).toEqual([]);
  });

  it('benchstat alone counts processes, not calls', () => {
    const offsets = [0.94, 1, 1.06, 0.97, 1.03, 1];
    const raw = {
      baseline: offsets.map((offset, k) => times(offset, k)),
      candidate: offsets.map((offset, k) => times(offset * 1.01, k + 50)),
    };
    expect(slower(raw)).toContain('mann-whitney');
    expect(slower(raw)).not.toContain('benchstat');
  });
});
