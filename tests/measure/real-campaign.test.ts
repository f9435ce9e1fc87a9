// Campaigns of our own workers: the same on both sides is the same, a planted slowdown is seen, misuse has its code.

import { beforeAll, describe, expect, it } from 'vitest';
import { type Pilot, pilotCampaign, planCampaign, runPairedCampaign } from '../../src/measure/index.js';
import { planCases } from '../../src/spec/index.js';
import { pairEffect, quantile } from '../../src/stats/index.js';

const [argon] = planCases({ forceFields: [{ name: 'lennard-jones' }], systems: [{ name: 'ar256' }] });
const plain = { label: 'lennard-jones', spec: argon, command: null };
let pilot: Pilot;

beforeAll(async () => {
  pilot = await pilotCampaign({ baseline: plain, candidate: plain }, {});
});

/** The median pair effect of a short campaign, as a share. */
async function changeOf(handicap: number, metric: string): Promise<number> {
  const shape = { pairs: 3, sessions: 1, blocks: 1, segment: 60 };
  const design = planCampaign(pilot, { ...shape, tolerance: 0.03, alpha: 0.002, seed: 1 });
  const arms = { baseline: plain, candidate: { ...plain, handicap } };
  const { pairs, status, failure } = await runPairedCampaign('ar256', arms, pilot, design, {});
  expect([status, failure, pairs.length]).toEqual(['complete', null, 3]);
  const effects = pairs.map(({ segments: { arm, session, block, metrics } }) =>
    pairEffect(arm, session, block, metrics[metric]),
  );
  return Math.expm1(quantile(effects, 0.5));
}

describe('a campaign of our own workers', () => {
  it('tells what they run', () => {
    expect(pilot.workloads.candidate).toEqual(pilot.workloads.baseline);
    expect(pilot.workloads.baseline).toMatchObject({ atoms: 256, threads: 1 });
    expect(pilot.metrics).toEqual(expect.arrayContaining(['step-time-p50', 'force-call-p50']));
    expect(pilot.steps.baseline).toBeGreaterThanOrEqual(5);
  });

  it('finds the same code equally fast', async () => {
    expect(Math.abs(await changeOf(0, 'step-time-p50'))).toBeLessThan(0.1);
  });

  it('sees a force field that repeats 30 % of its work', async () => {
    const change = await changeOf(0.3, 'force-call-p50');
    expect(change).toBeGreaterThan(0.1);
    expect(change).toBeLessThan(0.6);
  });

  it('refuses what cannot run with the code of the reason', async () => {
    const [strange] = planCases({ forceFields: [{ name: 'lennard-jones' }], systems: [{ name: 'ar257' }] });
    const arms = { baseline: plain, candidate: { ...plain, spec: strange } };
    await expect(pilotCampaign(arms, {})).rejects.toMatchObject({ code: 'unknown-system' });
  });
});
