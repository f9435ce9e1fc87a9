// Campaigns that share one budget: what one takes is not there for the next, and when one is measured once more.

import { beforeAll, describe, expect, it } from 'vitest';
import { type Pilot, pilotCampaign } from '../../src/measure/index.js';
import type { PairedCampaign } from '../../src/result/index.js';
import { type PlannedContest, planContests, runContests } from '../../src/run-pairs.js';
import { scriptedArms } from '../support/scripted-arms.js';

const rule = { tolerance: 0.03, seed: 1 };
let pilot: Pilot;

beforeAll(async () => {
  pilot = await pilotCampaign(scriptedArms().arms, {});
});

/** Said to take 450 ms for a pair of one block; its segments have five steps, which really take 5 ms. */
const known = (): Pilot => ({
  ...pilot,
  ...{ elapsed: 500, startTime: 300, sessionTime: 50, blockTime: 100 },
  stepTimes: { baseline: 20, candidate: 20 },
  steps: { baseline: 5, candidate: 5 },
});

interface Asked {
  readonly budget: number | null;
  readonly pairs?: number;
  readonly left: number | null;
  readonly systems?: number;
  readonly spoiled?: (soFar: PairedCampaign) => boolean;
}

async function measured({ systems = 1, spoiled, ...asked }: Asked): Promise<PairedCampaign[]> {
  const contests = Array.from({ length: systems }, (_, k) => ({ id: `s${k}`, arms: scriptedArms().arms }));
  const plans: PlannedContest[] = planContests(
    contests.map((contest) => ({ contest, pilot: known() })),
    { ...rule, ...asked },
  );
  const campaigns: PairedCampaign[] = [];
  await runContests(
    plans,
    { ...rule, ...asked },
    { enough: ({ pairs }) => pairs.length >= 1, spoiled, onCampaign: (one) => campaigns.push(one) },
  );
  return campaigns;
}

const told = (campaigns: readonly PairedCampaign[]) =>
  campaigns.map(({ id, rerun }) => (rerun ? `${id} again` : id));

describe('campaigns of one budget', () => {
  it('get what the ones before have left', async () => {
    const [first, second] = await measured({ budget: 9000, pairs: 2, left: 8000, systems: 2 });
    const taken = first.elapsed - known().elapsed;
    expect(taken).toBeGreaterThan(200);
    expect(first.design.budget).toBeCloseTo(known().elapsed + 4000, -2);
    expect(second.design.budget).toBeLessThanOrEqual(known().elapsed + 8000 - taken);
    expect(second.design.budget).toBeGreaterThan(known().elapsed + 4000);
  });

  it('are planned with what the pilots have left', () => {
    const contests = [0, 1].map((k) => ({ id: `s${k}`, arms: scriptedArms().arms }));
    const tried = contests.map((contest) => ({ contest, pilot: known() }));
    const plans = planContests(tried, { ...rule, budget: 9000 });
    expect(plans.map(({ design }) => design.budget)).toEqual([4500, 4500]);
  });
});

describe('a spoiled campaign', () => {
  const always = () => true;
  const never = () => false;

  it('is measured once more, and not twice', async () => {
    expect(told(await measured({ budget: null, pairs: 2, left: null, spoiled: always }))).toEqual([
      's0',
      's0 again',
    ]);
  });

  it('is not where nothing was wrong, or no time is left', async () => {
    expect(told(await measured({ budget: null, pairs: 2, left: null, spoiled: never }))).toEqual(['s0']);
    expect(told(await measured({ budget: 2200, pairs: 2, left: 1700, spoiled: always }))).toEqual(['s0']);
  });

  it('is while there is time for four pairs of it and of all that come after', async () => {
    const asked = { pairs: 2, spoiled: (soFar: PairedCampaign) => soFar.id === 's0' };
    const ample = await measured({ ...asked, budget: 20_000, left: 20_000, systems: 2 });
    expect(told(ample)).toEqual(['s0', 's0 again', 's1']);
    const scarce = await measured({ ...asked, budget: 4000, left: 3500, systems: 2 });
    expect(told(scarce)).toEqual(['s0', 's1']);
  });
});
