import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { decide, decideAll, lookSchedule, smallestDetectable } from '../../src/stats/index.js';

const rule = { tolerance: 0.03, alpha: 0.002 };
const order = { pass: 0, open: 1, fail: 2 };

function normal(n: number, center: number, spread: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => center + spread * random.normal());
}

function shareFailing(campaigns: number, pairs: number, center: number, spread: number): number {
  let failed = 0;
  for (let k = 0; k < campaigns; k++) {
    if (decide(normal(pairs, center, spread, 31 * k + 7), rule).state === 'fail') failed++;
  }
  return failed / campaigns;
}

describe('a decision', () => {
  it('fails what is surely slower, passes what surely is not, and leaves the rest open', () => {
    expect(decide([0.03, 0.032, 0.029, 0.031], rule).state).toBe('fail');
    expect(decide([0.001, -0.002, 0.0, 0.001], rule).state).toBe('pass');
    expect(decide([0.08, -0.05, 0.03, 0.02], rule).state).toBe('open');
  });

  it('fails above half the tolerance only, however sure the slowdown is', () => {
    const half = Math.log1p(rule.tolerance) / 2;
    const sure = (center: number) => decide([center - 1e-6, center + 1e-6, center, center], rule);
    expect(sure(half - 1e-4)).toMatchObject({ state: 'pass' });
    expect(sure(half - 1e-4).low).toBeGreaterThan(0);
    expect(sure(half + 1e-4)).toMatchObject({ state: 'fail' });
  });

  it('passes below the tolerance by the 99 % bound, whatever alpha', () => {
    const effects = [0.002, -0.004, 0.003, 0.001, 0.007, -0.002];
    const { high } = decide(effects, rule);
    const at = (bound: number) => decide(effects, { tolerance: Math.expm1(bound), alpha: rule.alpha }).state;
    expect(at(high + 1e-6)).toBe('pass');
    expect(at(high - 1e-6)).toBe('open');
    expect(decide(effects, { ...rule, alpha: 0.2 }).high).toBe(high);
  });

  it('goes only one way as all effects grow', () => {
    for (let seed = 0; seed < 40; seed++) {
      const effects = normal(4 + (seed % 9), 0, 0.002 * 2 ** (seed % 5), seed);
      let before = 0;
      for (let shift = -0.2; shift < 0.4; shift += 0.001) {
        const { state } = decide(
          effects.map((effect) => effect + shift),
          rule,
        );
        expect(order[state]).toBeGreaterThanOrEqual(before);
        before = order[state];
      }
      expect(before).toBe(order.fail);
    }
  });

  it('never fails more easily at a stricter alpha or a wider tolerance', () => {
    for (let seed = 0; seed < 200; seed++) {
      const effects = normal(6, 0.02, 0.015, seed);
      const { state } = decide(effects, rule);
      expect(order[decide(effects, { ...rule, alpha: 0.0005 }).state]).toBeLessThanOrEqual(order[state]);
      expect(order[decide(effects, { ...rule, tolerance: 0.06 }).state]).toBeLessThanOrEqual(order[state]);
    }
  });

  it('errs at the nominal rate where nothing but the bound holds it', () => {
    let wrong = 0;
    const n = 20_000;
    for (let k = 0; k < n; k++) {
      if (decide(normal(5, 0, 1, k), { tolerance: 0, alpha: 0.02 }).low > 0) wrong++;
    }
    expect(Math.abs(wrong / n - 0.02)).toBeLessThan(0.003);
  });

  it.each([
    ['nothing', []],
    ['one pair', [0.5]],
    ['a NaN', [0.05, Number.NaN, 0.05, 0.05]],
    ['a time of zero', [0.05, Number.NEGATIVE_INFINITY, 0.05, 0.05]],
    ['an endless time', [0.05, Number.POSITIVE_INFINITY, 0.05, 0.05]],
  ])('of %s stays open', (_, effects) => {
    const { state, low, high, p } = decide(effects, rule);
    expect({ state, low, high, p }).toEqual({
      state: 'open',
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      p: 1,
    });
  });

  it('of equal effects is their value', () => {
    expect(decide([0.25, 0.25, 0.25], rule)).toEqual({
      state: 'fail',
      estimate: 0.25,
      low: 0.25,
      high: 0.25,
      p: 0,
      alpha: rule.alpha,
    });
    expect(decide([0, 0, 0, 0], rule)).toMatchObject({ state: 'pass', p: 1 });
    expect(decide([-0.5, -0.5], rule)).toMatchObject({ state: 'pass', p: 1 });
  });
});

describe('several metrics', () => {
  const clear = [0.031, 0.029, 0.03, 0.0305];
  const weak = [0.04, 0.0215, 0.0585, 0.0338, 0.0462];

  it('a single one is decided as alone', () => {
    expect(decideAll([weak], [rule])).toEqual([decide(weak, rule)]);
    expect(decideAll([], [])).toEqual([]);
  });

  it('are stepped down: the smallest p against alpha/m, the next against alpha/(m − 1)', () => {
    const [first, second] = decideAll([weak, clear], [rule, rule]);
    expect([first!.alpha, second!.alpha]).toEqual([rule.alpha, rule.alpha / 2]);
    expect(second).toEqual(decide(clear, { ...rule, alpha: rule.alpha / 2 }));
    expect(first).toEqual(decide(weak, rule));
    expect([first.state, second.state]).toEqual(['fail', 'fail']);
  });

  it('nothing fails after the first p that misses its share', () => {
    expect(decide(weak, rule).state).toBe('fail');
    expect(decide(weak, { ...rule, alpha: rule.alpha / 2 }).state).toBe('open');
    const harmless = [0.05, -0.05, 0.001, 0.002];
    expect(decideAll([weak, harmless], [rule, rule]).map(({ state }) => state)).toEqual(['open', 'open']);
    expect(decideAll([weak, weak], [rule, rule]).map(({ state }) => state)).toEqual(['open', 'open']);
  });

  it('keep their own tolerances and alphas', () => {
    const strict = { tolerance: 0.1, alpha: 0.002 };
    expect(decideAll([clear, clear], [rule, strict]).map(({ state }) => state)).toEqual(['fail', 'pass']);
    const [, loose] = decideAll([weak, weak], [{ ...rule, alpha: 1e-6 }, rule]);
    expect(loose).toEqual(decide(weak, { ...rule, alpha: rule.alpha / 2 }));
  });

  it('fail wrongly in no more campaigns than one metric may', () => {
    const loose = { tolerance: 0, alpha: 0.02 };
    const n = 4000;
    let wrong = 0;
    for (let k = 0; k < n; k++) {
      const metrics = [0, 1, 2, 3].map((metric) => normal(6, 0, 1, 4 * k + metric));
      const decisions = decideAll(metrics, [loose, loose, loose, loose]);
      if (decisions.some(({ state }) => state === 'fail')) wrong++;
    }
    expect(wrong / n).toBeLessThan(0.027);
    expect(wrong / n).toBeGreaterThan(0.013);
  });
});

describe('looks', () => {
  it.each([
    [1, [1]],
    [3, [3]],
    [4, [4]],
    [5, [4, 5]],
    [8, [4, 5, 6, 7, 8]],
    [10, [4, 6, 7, 9, 10]],
    [12, [4, 6, 8, 10, 12]],
    [24, [8, 12, 16, 20, 24]],
  ])('at %d pairs', (pairs, looks) => {
    expect(lookSchedule(pairs)).toEqual(looks);
  });

  it('are at most five, in order, and end with the last pair', () => {
    for (let pairs = 4; pairs < 60; pairs++) {
      const looks = lookSchedule(pairs);
      expect(looks.length).toBeLessThanOrEqual(5);
      expect(looks).toEqual([...new Set(looks)].sort((a, b) => a - b));
      expect(looks[0]).toBeGreaterThanOrEqual(4);
      expect(looks.at(-1)).toBe(pairs);
    }
  });
});

describe('the smallest detectable slowdown', () => {
  it.each([
    [0.015, 12],
    [0.004, 8],
    [0.1, 4],
    [0.05, 24],
  ])('of pair effects that spread by %d, %d pairs, is caught in 19 of 20 campaigns', (spread, pairs) => {
    const slowdown = smallestDetectable(spread, pairs, rule);
    expect(Math.abs(shareFailing(6000, pairs, Math.log1p(slowdown), spread) - 0.95)).toBeLessThan(0.012);
    expect(shareFailing(6000, pairs, 0.8 * Math.log1p(slowdown), spread)).toBeLessThan(0.9);
  });

  it('shrinks with pairs, grows with spread, and never falls below the bar', () => {
    for (let pairs = 2; pairs < 30; pairs++) {
      const here = smallestDetectable(0.02, pairs, rule);
      expect(smallestDetectable(0.02, pairs + 1, rule)).toBeLessThan(here);
      expect(smallestDetectable(0.03, pairs, rule)).toBeGreaterThan(here);
    }
    expect(smallestDetectable(0, 8, rule)).toBeCloseTo(Math.sqrt(1.03) - 1, 12);
    expect(smallestDetectable(1e-7, 8, rule)).toBeCloseTo(Math.sqrt(1.03) - 1, 6);
  });

  it('does not exist for one pair or an unknown spread', () => {
    expect(smallestDetectable(0.01, 1, rule)).toBe(Number.POSITIVE_INFINITY);
    expect(smallestDetectable(Number.NaN, 8, rule)).toBe(Number.POSITIVE_INFINITY);
  });
});
