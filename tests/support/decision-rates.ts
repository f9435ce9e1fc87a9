// How often the paired decision and other harnesses' rules are right, over seeded campaigns of one kind of noise: the
// real look schedule, effects and bounds on synthetic segments.

import type { ArmName } from '../../src/result/campaign.js';
import {
  type Decision,
  decide,
  lookSchedule,
  mean,
  pairEffect,
  quantile,
  type RawArms,
  ratioInterval,
  rivalRules,
  smallestDetectable,
  standardDeviation,
} from '../../src/stats/index.js';
import { type NoiseKind, type SyntheticPair, syntheticCampaign } from './noise.js';

const rule = { tolerance: 0.03, alpha: 0.002 };
export const slowdowns = [0, 0.02, 0.03, 0.05];

/** Counts over `campaigns`; one number a slowdown where it says so. */
export interface Rates {
  readonly kind: string;
  readonly pairs: number;
  readonly campaigns: number;
  readonly failed: number[];
  readonly passed: number[];
  /** Campaigns whose 95 % interval of the ratio, over all pairs, holds the truth; at no slowdown. */
  readonly covered: number;
  /** Root mean square of the standard deviations of pair effects, and what it lets the last look see. */
  readonly spread: number;
  readonly detectable: number;
  /** Median pairs until the decision, at +3 %. */
  readonly pairsUsed: number;
}

export function decisionRates(kind: NoiseKind, pairs: number, campaigns: number): Rates {
  const failed = slowdowns.map(() => 0);
  const passed = slowdowns.map(() => 0);
  const used: number[] = [];
  const variances: number[] = [];
  let covered = 0;
  for (let k = 0; k < campaigns; k++) {
    const campaign = campaignOf(kind, pairs, k);
    for (const [i, slowdown] of slowdowns.entries()) {
      const effects = campaign.map((pair) => effectOf(pair, slowdown));
      const { state, looked } = sequentially(effects);
      if (state === 'fail') failed[i]++;
      if (state === 'pass') passed[i]++;
      if (slowdown === 0.03) used.push(looked);
      if (slowdown !== 0) continue;
      const { low, high } = ratioInterval(effects);
      if (low <= 1 && 1 <= high) covered++;
      variances.push(standardDeviation(effects) ** 2);
    }
  }
  const spread = Math.sqrt(mean(variances));
  return {
    kind: kind.id,
    pairs,
    campaigns,
    failed,
    passed,
    covered,
    spread,
    detectable: smallestDetectable(spread, pairs, rule),
    pairsUsed: quantile(used, 0.5),
  };
}

/** Says of a rule how often it called the candidate slower, without a slowdown and with one of 3 %. */
export interface RivalRates {
  readonly rule: string;
  readonly kind: string;
  readonly campaigns: number;
  /** From all pairs, and from the first pair alone: one process an arm, as these tools measure. */
  readonly allPairs: { readonly same: number; readonly slower: number };
  readonly onePair: { readonly same: number; readonly slower: number };
}

export function rivalRates(kind: NoiseKind, pairs: number, campaigns: number): RivalRates[] {
  const count = () => rivalRules.map(() => ({ same: 0, slower: 0 }));
  const allPairs = count();
  const onePair = count();
  for (let k = 0; k < campaigns; k++) {
    const campaign = campaignOf(kind, pairs, k);
    for (const [column, slowdown] of [
      ['same', 0],
      ['slower', 0.03],
    ] as const) {
      const raw = rawArms(campaign, slowdown);
      const first = { baseline: raw.baseline.slice(0, 1), candidate: raw.candidate.slice(0, 1) };
      for (const [r, { says }] of rivalRules.entries()) {
        if (says(raw) === 'slower') allPairs[r][column]++;
        if (says(first) === 'slower') onePair[r][column]++;
      }
    }
  }
  return rivalRules.map(({ id }, r) => ({
    rule: id,
    kind: kind.id,
    campaigns,
    allPairs: allPairs[r],
    onePair: onePair[r],
  }));
}

/** The first look that decides, else the last. */
function sequentially(effects: readonly number[]): { state: Decision['state']; looked: number } {
  const looks = lookSchedule(effects.length);
  const states = looks.map((look) => decide(effects.slice(0, look), rule).state);
  const found = states.findIndex((state) => state !== 'open');
  return found < 0
    ? { state: 'open', looked: effects.length }
    : { state: states[found], looked: looks[found] };
}

function campaignOf(kind: NoiseKind, pairs: number, k: number): SyntheticPair[] {
  return syntheticCampaign(kind, { pairs, sessions: 2, blocks: 2 }, 0, 7919 * (k + 1));
}

/** The same noise serves every slowdown: it multiplies the candidate's times. */
function effectOf(pair: SyntheticPair, slowdown: number): number {
  const values = pair.values.map((value, k) => value * slowed(pair.arms[k], slowdown));
  return pairEffect(pair.arms, pair.sessions, pair.blocks, values);
}

function rawArms(campaign: readonly SyntheticPair[], slowdown: number): RawArms {
  const of = (arm: ArmName) =>
    campaign.map(({ calls }) => calls[arm].map((call) => call * slowed(arm, slowdown)));
  return { baseline: of('baseline'), candidate: of('candidate') };
}

function slowed(arm: ArmName, slowdown: number): number {
  return arm === 'candidate' ? 1 + slowdown : 1;
}
