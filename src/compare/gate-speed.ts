// `maxRegression` of what was measured in pairs: the decision, unless the measurement cannot carry one.

import type { PairedCampaign } from '../result/campaign.js';
import type { GateResult } from '../result/judgement.js';
import { detectableOf, isClear, type SpeedDecision } from './gate-decisions.js';
import { doubtOf } from './gate-doubt.js';
import { reason } from './gate-reasons.js';

type SpeedJudgement = Pick<GateResult, 'state' | 'estimate' | 'detectable' | 'reason'>;

/** @param decision undefined where the campaign has no pair of this metric */
export function judgeSpeed(campaign: PairedCampaign, decision: SpeedDecision | undefined): SpeedJudgement {
  const shown = {
    estimate: decision?.estimate ?? null,
    detectable: decision ? detectableOf(decision) : null,
  };
  const broken = brokenCampaign(campaign, decision);
  if (broken) return { ...shown, ...broken };
  const doubt = doubtOf(campaign, decision !== undefined && isClear(decision));
  if (doubt) return { ...shown, state: 'inconclusive', reason: doubt };
  const pairs = campaign.pairs.length;
  if (decision?.state === 'fail') {
    return { ...shown, state: 'failed', reason: reason('regression-seen', { pairs }) };
  }
  if (decision?.state === 'pass') {
    return { ...shown, state: 'passed', reason: reason('no-regression', { pairs }) };
  }
  return { ...shown, state: 'inconclusive', reason: reason('undecided', { pairs }) };
}

function brokenCampaign(
  { status, failure }: PairedCampaign,
  decision: SpeedDecision | undefined,
): Pick<GateResult, 'state' | 'reason'> | null {
  if (status === 'failed') {
    const { cause, message } = failure ?? { cause: null, message: null };
    return { state: 'error', reason: reason('campaign-failed', { cause, message }) };
  }
  if (decision) return null;
  return status === 'aborted'
    ? { state: 'skipped', reason: reason('aborted', { pairs: 0 }) }
    : { state: 'error', reason: reason('no-value', { cause: null }) };
}
