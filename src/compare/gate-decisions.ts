// Speed gates: the sequential rule over the effects of process pairs. Shares of change; Holm over the gated metrics of a
// campaign, and the error shared evenly among campaigns, so that each can be stopped without knowing the others.

import type { PairedCampaign } from '../result/campaign.js';
import type { Estimate } from '../result/judgement.js';
import type { Gate } from '../spec/index.js';
import { type Decision, decideAll, smallestDetectable, standardDeviation } from '../stats/index.js';
import { pathsOf } from './campaigns.js';
import { contamination } from './contamination.js';
import { isAbout } from './gate-about.js';
import { metricsOf, pairEffectsOf } from './speed.js';
import { speedMetrics } from './speed-metrics.js';

export interface SpeedDecision {
  readonly metric: string;
  readonly limit: number;
  readonly state: Decision['state'];
  /** Change of time as a share; bounds one-sided as they were decided by. */
  readonly estimate: Estimate;
  /** Standard deviation of the pair effects, and the rule that they were decided by: alpha after all sharing. */
  readonly spread: number;
  readonly rule: { readonly tolerance: number; readonly alpha: number };
}

/**
 * Whether a campaign may stop here: every gated speed metric is decided. False without one.
 * @param soFar the campaign with the pairs that are there
 * @param campaigns how many campaigns the check has
 */
export function decideLook(gates: readonly Gate[], soFar: PairedCampaign, campaigns = 1): boolean {
  const decisions = decideSpeed(gates, soFar, campaigns);
  return decisions.length > 0 && decisions.every(({ state }) => state !== 'open');
}

/**
 * Whether a decision stands although something else used the machine: only by a wide margin, with all of its interval
 * beyond the tolerance, or below half of it. Interleaved pairs are disturbed alike; what is left is not worth a doubt.
 */
export function isClear({ state, estimate: { low, high }, limit }: SpeedDecision): boolean {
  if (state === 'fail') return low !== null && low > limit;
  return state === 'pass' && high !== null && high < limit / 2;
}

/**
 * Whether the machine spoiled a campaign, so that it is worth measuring again: contaminated, and not all decided clearly.
 * A limit on a time itself is never clear of the machine.
 * @param campaigns how many campaigns the check has
 */
export function isSpoiled(gates: readonly Gate[], soFar: PairedCampaign, campaigns = 1): boolean {
  if (contamination(soFar) === null) return false;
  return limitsTimes(gates, soFar) || !decideSpeed(gates, soFar, campaigns).every(isClear);
}

function limitsTimes(gates: readonly Gate[], soFar: PairedCampaign): boolean {
  const times = speedMetrics([soFar]);
  return gates.some((gate) => gate.rule !== 'maxRegression' && times.some((time) => isAbout(gate, time)));
}

/** One decision a gated metric and limit, in the order of the campaign's metrics. */
export function decideSpeed(
  gates: readonly Gate[],
  campaign: PairedCampaign,
  campaigns: number,
): SpeedDecision[] {
  const asked = questionsOf(gates, campaign).map((question) => ({
    ...question,
    effects: pairEffectsOf(campaign, question.metric),
  }));
  const rules = asked.map(({ limit }) => ({
    tolerance: limit,
    alpha: campaign.design.alpha / campaigns,
  }));
  const decisions = decideAll(
    asked.map(({ effects }) => effects),
    rules,
  );
  return asked.map(({ metric, limit, effects }, k) => ({
    metric,
    limit,
    state: decisions[k].state,
    estimate: asShare(decisions[k], effects.length),
    spread: standardDeviation(effects),
    rule: { tolerance: limit, alpha: decisions[k].alpha },
  }));
}

/**
 * By how much the error of a look is divided for the least favored decision: the smallest p of all gated metrics.
 * @param campaign with a pair, from which its metrics are known
 * @param campaigns how many campaigns the check has
 */
export function alphaDivisor(gates: readonly Gate[], campaign: PairedCampaign, campaigns: number): number {
  return campaigns * Math.max(1, questionsOf(gates, campaign).length);
}

function questionsOf(gates: readonly Gate[], campaign: PairedCampaign): { metric: string; limit: number }[] {
  return metricsOf(campaign).flatMap((metric) => {
    const named = pathsOf(campaign, 'candidate', metric);
    const limits = gates
      .filter((gate) => gate.rule === 'maxRegression' && isAbout(gate, named))
      .map(({ limit }) => limit);
    return [...new Set(limits)].map((limit) => ({ metric, limit }));
  });
}

/** Smallest slowdown that would have been found with 95 % probability, as a share; null where nobody knows. */
export function detectableOf({ spread, estimate, rule }: SpeedDecision): number | null {
  const share = smallestDetectable(spread, estimate.n, rule);
  return Number.isFinite(share) ? share : null;
}

function asShare({ estimate, low, high }: Decision, pairs: number): Estimate {
  const bound = (value: number) => (Number.isFinite(value) ? Math.expm1(value) : null);
  return { value: bound(estimate) ?? 0, low: bound(low), high: bound(high), unit: 'share', n: pairs };
}
