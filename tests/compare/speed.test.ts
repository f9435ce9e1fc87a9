import { describe, expect, it } from 'vitest';
import { contamination } from '../../src/compare/contamination.js';
import { ratiosOf, sharesOf, unsteadyShare } from '../../src/compare/index.js';
import { plantedCampaign } from '../support/paired-campaign.js';
import { coverage } from '../support/synthetic.js';

describe('speed-ups', () => {
  it('are found as planted, each metric with its own, whole step first', () => {
    const effects = { 'step-time-p50': -Math.log(1.3), 'force-call-p50': -Math.log(20) };
    const found = ratiosOf(
      plantedCampaign({ effects, times: { 'force-call-p50': 1.1, 'step-time-p50': 1.3 } }),
    );
    expect(found.map(({ metric }) => metric)).toEqual(['step-time-p50', 'force-call-p50']);
    expect(found[0]!.speedUp.value).toBeCloseTo(1.3, 1);
    expect(found[1]!.speedUp.value / 20).toBeCloseTo(1, 1);
    expect(found[0]!.speedUp).toMatchObject({ n: 8, unit: '×' });
    expect(found[0]!.baseline).toBeCloseTo(1.3, 1);
    expect(found[1]!.candidate).toBeCloseTo(1.1 / 20, 2);
    expect(found[0]!.pairEffects).toHaveLength(8);
    for (const { speedUp } of found)
      expect(speedUp.low! < speedUp.value && speedUp.value < speedUp.high!).toBe(true);
  });

  it('have intervals over pairs that cover the truth in 92 to 98 %', () => {
    const share = coverage(1 / 1.05, 400, (seed) => {
      const [{ speedUp }] = ratiosOf(
        plantedCampaign({ seed, effects: { 'step-time-p50': Math.log(1.05) } }),
      ) as [ReturnType<typeof ratiosOf>[number]];
      return { low: speedUp.low!, high: speedUp.high! };
    });
    expect(share).toBeGreaterThan(0.92);
    expect(share).toBeLessThan(0.98);
  });

  it('have no interval from one pair, and are none of a metric that one pair lacks', () => {
    const [one] = ratiosOf(plantedCampaign({ pairs: 1 }));
    expect(one!.speedUp).toMatchObject({ low: null, high: null, n: 1 });
    expect(ratiosOf(plantedCampaign({ pairs: 0 }))).toEqual([]);
    const campaign = plantedCampaign({ pairs: 2 });
    delete campaign.pairs[1]!.segments.metrics['force-call-p50'];
    campaign.pairs[0]!.segments.metrics['step-time-mean']![3] = 0;
    expect(ratiosOf(campaign).map(({ metric }) => metric)).toEqual(['step-time-p50']);
  });
});

describe('shares of the step', () => {
  it('are of the arm’s own time and sum to 1', () => {
    const campaign = plantedCampaign();
    const [baseline, candidate] = [sharesOf(campaign, 'baseline')!, sharesOf(campaign, 'candidate')!];
    expect(baseline.forces).toBeCloseTo(0.9, 3);
    expect(candidate.forces).toBeCloseTo(0.6, 3);
    expect(candidate.neighbors).toBeCloseTo(0.25, 3);
    for (const shares of [baseline, candidate]) {
      expect(shares.forces + shares.neighbors + shares.integrate + shares.other).toBeCloseTo(1, 12);
    }
  });

  it('are unknown where the worker does not tell all of them', () => {
    expect(sharesOf(plantedCampaign({ phases: null }), 'baseline')).toBeNull();
    const campaign = plantedCampaign();
    for (const pair of campaign.pairs) delete pair.segments.phases.other;
    expect(sharesOf(campaign, 'baseline')).toBeNull();
  });
});

describe('unsteady workers', () => {
  it('are the share of those that find no level', () => {
    expect(unsteadyShare(plantedCampaign({ pairs: 8 }))).toBe(0);
    expect(unsteadyShare(plantedCampaign({ pairs: 8, unsteady: 4 }))).toBe(0.25);
    expect(unsteadyShare(plantedCampaign({ pairs: 8, unsteady: 8 }))).toBe(0.5);
  });

  it('are hardly ever seen in plain noise', () => {
    let sum = 0;
    for (let seed = 1; seed <= 100; seed++) sum += unsteadyShare(plantedCampaign({ pairs: 4, seed }));
    expect(sum / 100).toBeLessThan(0.02);
  });

  it('cannot be told from fewer than 20 parts', () => {
    const campaign = plantedCampaign({ unsteady: 8 });
    for (const { segments } of campaign.pairs) segments.parts = [];
    expect(unsteadyShare(campaign)).toBe(0);
  });
});

describe('contamination', () => {
  const found = (shift: number, spread: number, pairs = 8) =>
    contamination(plantedCampaign({ pairs, control: { shift, spread } }));

  it('is a control workload that shifts by more than a tenth, either way', () => {
    expect(found(1.05, 0.01)).toBeNull();
    expect(found(1.15, 0.01)).toMatchObject({ code: 'contaminated', values: { campaign: 'si64', runs: 40 } });
    expect(found(1.15, 0.01)!.values.shift).toBeCloseTo(15, 0);
    expect(found(0.85, 0.01)!.values.shift).toBeCloseTo(-15, 0);
  });

  it('is a control workload that scatters by more than a tenth', () => {
    expect(found(1, 0.05)).toBeNull();
    expect(found(1, 0.2)!.values.spread).toBeGreaterThan(10);
  });

  it('is seen when one run in eight is disturbed', () => {
    const campaign = plantedCampaign();
    for (const { control } of campaign.pairs) control.elapsed[2] = 8;
    expect(contamination(campaign)).toMatchObject({ code: 'contaminated' });
  });

  it('cannot be told from fewer than six runs, and is rare in 3 % of noise', () => {
    expect(found(2, 0.5, 1)).toBeNull();
    let count = 0;
    for (let seed = 1; seed <= 300; seed++) {
      if (contamination(plantedCampaign({ seed, pairs: 4, control: { spread: 0.03 } }))) count++;
    }
    expect(count).toBe(0);
  });
});
