import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import {
  blockEffects,
  mean,
  optimalRepetitions,
  pairEffect,
  ratioInterval,
  varianceComponents,
} from '../../src/stats/index.js';
import { coverage } from '../support/synthetic.js';

const abba = ['baseline', 'candidate', 'candidate', 'baseline'] as const;
const baab = ['candidate', 'baseline', 'baseline', 'candidate'] as const;

describe('block effects', () => {
  it('are the candidate over the baseline, on logs', () => {
    const values = [2, 3, 12, 8];
    const [effect] = blockEffects(abba, [0, 0, 0, 0], values);
    expect(effect).toBeCloseTo(Math.log(Math.sqrt(3 * 12) / Math.sqrt(2 * 8)), 14);
    const [opposite] = blockEffects(baab, [0, 0, 0, 0], values);
    expect(opposite).toBeCloseTo(-effect, 14);
  });

  it('cancel a drift that is linear in log time, in either order', () => {
    const drifting = [0, 1, 2, 3].map((k) => Math.exp(0.1 * k));
    expect(blockEffects(abba, [0, 0, 0, 0], drifting)[0]).toBeCloseTo(0, 14);
    expect(blockEffects(baab, [0, 0, 0, 0], drifting)[0]).toBeCloseTo(0, 14);
  });

  it('come in order of appearance, without blocks that lack an arm', () => {
    const arms = [...abba, ...baab, 'baseline', 'baseline', ...abba] as const;
    const blocks = [4, 4, 4, 4, 1, 1, 1, 1, 7, 7, 2, 2, 2, 2];
    const slow = (slowdown: number) => (arm: string) => (arm === 'candidate' ? slowdown : 1);
    const values = [...abba.map(slow(1.1)), ...baab.map(slow(1.3)), 1, 1, ...abba.map(slow(1.2))];
    expect(blockEffects(arms, blocks, values).map(Math.exp)).toEqual([
      expect.closeTo(1.1, 12),
      expect.closeTo(1.3, 12),
      expect.closeTo(1.2, 12),
    ]);
    expect(blockEffects([], [], [])).toEqual([]);
  });

  it('are not finite where a time is not positive', () => {
    expect(blockEffects(abba, [0, 0, 0, 0], [1, 0, 1, 1])[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(blockEffects(abba, [0, 0, 0, 0], [1, -1, 1, 1])[0]).toBeNaN();
  });
});

describe('the effect of a pair', () => {
  it('is the mean of its blocks, which two sessions may number alike', () => {
    const arms = [...abba, ...abba];
    const values = [1, 1.2, 1.2, 1, 5, 5 * 1.4, 5 * 1.4, 5];
    const wanted = (Math.log(1.2) + Math.log(1.4)) / 2;
    const sessions = [0, 0, 0, 0, 1, 1, 1, 1];
    expect(pairEffect(arms, sessions, [0, 0, 0, 0, 0, 0, 0, 0], values)).toBeCloseTo(wanted, 14);
    expect(pairEffect(arms, sessions, [0, 0, 0, 0, 1, 1, 1, 1], values)).toBeCloseTo(wanted, 14);
  });

  it('keeps sessions apart when the second was cut short', () => {
    const arms = [...abba, 'candidate', 'baseline'] as const;
    const values = [1, 1, 1, 1, 9, 3];
    const effect = pairEffect(arms, [0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0], values);
    expect(effect).toBeCloseTo(Math.log(3) / 2, 14);
  });

  it('does not exist without a whole block', () => {
    expect(pairEffect(['baseline'], [0], [0], [1])).toBeNaN();
    expect(pairEffect([], [], [], [])).toBeNaN();
  });
});

describe('the interval of a ratio', () => {
  it('holds the truth in 95 of 100 campaigns', () => {
    const covered = coverage(1.2, 3000, (seed) => {
      const random = createRandom(seed);
      return ratioInterval(Array.from({ length: 5 }, () => Math.log(1.2) + 0.03 * random.normal()));
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(0.015);
  });

  it('is open to both sides for one pair', () => {
    expect(ratioInterval([Math.log(2)])).toEqual({
      value: expect.closeTo(2, 12),
      low: 0,
      high: Number.POSITIVE_INFINITY,
    });
  });
});

interface Design {
  /** Blocks of every session of every pair. */
  readonly sizes: readonly (readonly number[])[];
}

function nested({ sizes }: Design, truth: readonly [number, number, number], seed: number) {
  const random = createRandom(seed);
  return sizes.flatMap((sessions, pair) => {
    const process = truth[0] * random.normal();
    return sessions.flatMap((blocks, session) => {
      const fresh = truth[1] * random.normal();
      return Array.from({ length: blocks }, () => ({
        pair,
        session,
        value: process + fresh + truth[2] * random.normal(),
      }));
    });
  });
}

describe('variance components', () => {
  it.each([
    ['equal numbers', Array.from({ length: 12 }, () => [3, 3, 3])],
    ['very unequal numbers', Array.from({ length: 14 }, (_, k) => (k % 3 === 0 ? [1, 7, 2, 1] : [2, 5]))],
  ])('come back on average from a nested design of %s', (_, sizes) => {
    const truth = [0.03, 0.02, 0.015] as const;
    const found = Array.from({ length: 600 }, (__, k) => varianceComponents(nested({ sizes }, truth, k)));
    for (const [k, level] of (['process', 'session', 'block'] as const).entries()) {
      const square = mean(found.map((components) => components[level] ** 2));
      expect(square / truth[k] ** 2).toBeGreaterThan(0.93);
      expect(square / truth[k] ** 2).toBeLessThan(1.07);
    }
  });

  it('are never negative', () => {
    const alternating = [0, 1].flatMap((pair) =>
      [0, 1].flatMap((session) => [-1, 1].map((value) => ({ pair, session, value }))),
    );
    expect(varianceComponents(alternating)).toEqual({ process: 0, session: 0, block: Math.SQRT2 });
  });

  it('of levels that are not repeated fall to the level above', () => {
    const sizes = Array.from({ length: 4000 }, () => [1]);
    const merged = varianceComponents(nested({ sizes }, [0.03, 0.02, 0.015], 3));
    expect(merged.session).toBeNaN();
    expect(merged.block).toBeNaN();
    expect(merged.process / Math.hypot(0.03, 0.02, 0.015)).toBeGreaterThan(0.96);
    expect(merged.process / Math.hypot(0.03, 0.02, 0.015)).toBeLessThan(1.04);
    const single = varianceComponents(nested({ sizes: [[4, 4]] }, [0.03, 0.02, 0.015], 3));
    expect(single.process).toBeNaN();
    expect(single.session).not.toBeNaN();
    expect(varianceComponents([])).toEqual({ process: Number.NaN, session: Number.NaN, block: Number.NaN });
  });
});

describe('optimal repetitions', () => {
  /** Variance of the mean of a campaign that fills `time`. */
  function variance(components: Levels, costs: Levels, sessions: number, blocks: number): number {
    const cost = costs.process + sessions * (costs.session + blocks * costs.block);
    const ofPair =
      components.process ** 2 +
      components.session ** 2 / sessions +
      components.block ** 2 / (sessions * blocks);
    return ofPair * cost;
  }

  it.each([
    [
      { process: 0.009, session: 0.012, block: 0.017 },
      { process: 900, session: 150, block: 400 },
    ],
    [
      { process: 0.004, session: 0.007, block: 0.007 },
      { process: 2400, session: 100, block: 50 },
    ],
    [
      { process: 0.01, session: 0.05, block: 0.1 },
      { process: 1000, session: 40, block: 10 },
    ],
  ])('are within 2 %% of the best of all designs, components %o', (components, costs) => {
    const { sessions, blocks } = optimalRepetitions(components, costs);
    let best = Number.POSITIVE_INFINITY;
    for (let s = 1; s <= 60; s++) {
      for (let b = 1; b <= 60; b++) best = Math.min(best, variance(components, costs, s, b));
    }
    expect(variance(components, costs, sessions, blocks)).toBeLessThan(1.02 * best);
  });

  it('are one of each where only processes vary, and endless where they do not', () => {
    const costs = { process: 1000, session: 100, block: 100 };
    expect(optimalRepetitions({ process: 0.08, session: 0.001, block: 0.001 }, costs)).toEqual({
      sessions: 1,
      blocks: 1,
    });
    expect(optimalRepetitions({ process: 0, session: 0.01, block: 0.01 }, costs).sessions).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

interface Levels {
  process: number;
  session: number;
  block: number;
}
