// The plan is arithmetic on what the pilot found: every number here can be checked by hand.

import { describe, expect, it } from 'vitest';
import { type Pilot, planCampaign } from '../../src/measure/index.js';
import { lookSchedule, smallestDetectable } from '../../src/stats/index.js';

const rule = { tolerance: 0.03, alpha: 0.002 };
const asked = { ...rule, seed: 1 };

/** Student and teacher: 1 s to start a pair, 100 ms a pair of fresh sessions, 450 ms a block. */
const pilot: Pilot = {
  steps: { baseline: 80, candidate: 400 },
  stepTimes: { baseline: 1.25, candidate: 0.25 },
  startTime: 1000,
  sessionTime: 100,
  blockTime: 450,
  spread: 0.001,
  freshSessions: true,
  workloads: { baseline: { threads: 1 }, candidate: { threads: 1 } },
  metrics: ['step-time-p50'],
  machine: {
    grade: 'quiet',
    loadAverage: 0,
    coresUsable: 2,
    cpuGovernor: null,
    steal: 0,
    throttled: null,
    controlSpread: 0.01,
    controlTime: 5,
    reasons: [],
  },
  elapsed: 4000,
};
const fullPair = 1000 + 2 * (100 + 2 * 450);

describe('the plan', () => {
  it('fills the budget with pairs of two sessions and two blocks', () => {
    const design = planCampaign(pilot, { ...asked, budget: 60_000 });
    expect([design.pairs, design.sessions, design.blocks, design.segment]).toEqual([18, 2, 2, 100]);
    expect(design.expectedTime).toBe(4000 + 18 * fullPair);
    expect(design.looks).toEqual(lookSchedule(18));
    expect([design.handover, design.budget, design.seed]).toEqual([0, 60_000, 1]);
  });

  it('has eight pairs without a budget, what is asked for, and never more than 24', () => {
    expect(planCampaign(pilot, asked).pairs).toBe(8);
    expect(planCampaign(pilot, asked).budget).toBeNull();
    expect(planCampaign(pilot, { ...asked, pairs: 30 }).pairs).toBe(30);
    expect(planCampaign(pilot, { ...asked, pairs: 5, budget: 60_000 }).pairs).toBe(5);
    expect(planCampaign(pilot, { ...asked, budget: 600_000 }).pairs).toBe(24);
  });

  it('of one pair sees no change at all, which JSON can hold', () => {
    const { expectedDetectable } = planCampaign(pilot, { ...asked, pairs: 1 });
    expect(expectedDetectable).toBeNull();
  });

  it('sees less where several gated times share its error', () => {
    const { expectedSpread, expectedDetectable, alpha } = planCampaign(pilot, { ...asked, alphaDivisor: 4 });
    expect(alpha).toBe(0.002);
    expect(expectedDetectable).toBe(smallestDetectable(expectedSpread, 8, { ...rule, alpha: 0.0005 }));
    expect(expectedDetectable).toBeGreaterThan(planCampaign(pilot, asked).expectedDetectable!);
  });

  it('makes pairs smaller to hold as many as were asked for', () => {
    const { pairs, sessions, blocks } = planCampaign(pilot, { ...asked, pairs: 20, budget: 50_000 });
    expect([pairs, sessions, blocks]).toEqual([20, 2, 1]);
    expect(planCampaign(pilot, { ...asked, pairs: 50, budget: 60_000 })).toMatchObject({
      pairs: 36,
      blocks: 1,
    });
  });

  it.each([
    [4000 + 4 * fullPair, [4, 2, 2]],
    [4000 + 4 * fullPair - 1, [5, 2, 1]],
    [4000 + 4 * (1000 + 2 * 550) - 1, [5, 1, 1]],
    [4000 + 4 * 1550 - 1, [3, 1, 1]],
    [100, [2, 1, 1]],
  ])('makes pairs smaller before there are fewer than four: %d ms', (budget, shape) => {
    const { pairs, sessions, blocks, expectedTime } = planCampaign(pilot, { ...asked, budget });
    expect([pairs, sessions, blocks]).toEqual(shape);
    expect(expectedTime > budget).toBe(budget === 100);
  });

  it('leaves the shape that was asked for', () => {
    const design = planCampaign(pilot, { ...asked, budget: 10_000, sessions: 1, blocks: 4, segment: 200 });
    expect([design.sessions, design.blocks, design.segment]).toEqual([1, 4, 200]);
    expect(design.expectedTime).toBe(4000 + 2 * (1000 + 100 + 4 * 900));
    expect(design.pairs).toBe(2);
  });

  it('expects the spread of the table, or of the pilot where its blocks vary more', () => {
    const student = 0.004 ** 2 + 0.008 ** 2 / 2 + 0.007 ** 2 / 4;
    const teacher = 0.009 ** 2 + 0.012 ** 2 / 2 + 0.017 ** 2 / 4;
    const quiet = planCampaign(pilot, asked);
    expect(quiet.expectedSpread).toBeCloseTo(Math.sqrt((student + teacher) / 2), 12);
    expect(quiet.expectedDetectable).toBe(smallestDetectable(quiet.expectedSpread, 8, rule));
    const noisy = planCampaign({ ...pilot, spread: 0.05 }, asked);
    const more = (0.05 ** 2 - 0.007 ** 2 + (0.05 ** 2 - 0.017 ** 2)) / 4 / 2;
    expect(noisy.expectedSpread ** 2 - quiet.expectedSpread ** 2).toBeCloseTo(more, 12);
    expect(noisy.expectedDetectable).toBeGreaterThan(quiet.expectedDetectable!);
  });

  it('keeps at least five steps a segment, and one session where there is no fresh one', () => {
    const steps = { baseline: 5, candidate: 5 };
    const stepTimes = { baseline: 2000, candidate: 1000 };
    const slow = { ...pilot, steps, stepTimes, blockTime: 30_000, sessionTime: 3000, startTime: 20_000 };
    const design = planCampaign(slow, { ...asked, budget: 300_000 });
    expect([design.pairs, design.sessions, design.blocks]).toEqual([5, 1, 1]);
    expect(design.expectedTime).toBe(4000 + 5 * 53_000);
    const stale = planCampaign({ ...pilot, freshSessions: false }, { ...asked, sessions: 2 });
    expect([stale.sessions, stale.blocks]).toEqual([1, 4]);
  });

  it('rests between workers when either has threads', () => {
    const workloads = { ...pilot.workloads, candidate: { threads: 2 } };
    const design = planCampaign({ ...pilot, workloads }, asked);
    expect(design.handover).toBe(20);
    expect(design.expectedTime).toBe(4000 + 8 * (fullPair + 2 * 2 * 20 + 4 * 3 * 20));
  });
});
