// What keeps a campaign from carrying a verdict, whatever its times say.

import type { PairedCampaign } from '../result/campaign.js';
import type { GateResult } from '../result/judgement.js';
import { unsteadyLimit } from './campaign-warnings.js';
import { contamination } from './contamination.js';
import { reason } from './gate-reasons.js';
import { unsteadyShare } from './unsteady.js';

/** Two or three may agree by chance, or to the last bit where a clock is coarse. */
const fewestPairs = 4;

/** Null: nothing. @param clear by so wide a margin that a disturbed machine does not matter */
export function doubtOf(campaign: PairedCampaign, clear: boolean): GateResult['reason'] | null {
  const pairs = campaign.pairs.length;
  const needed = Math.max(fewestPairs, Math.min(...campaign.design.looks, campaign.design.pairs));
  if (campaign.status === 'aborted') return reason('aborted', { pairs });
  const contaminated = contamination(campaign);
  if (contaminated && !clear) {
    const { shift, spread, runs } = contaminated.values;
    return reason('contaminated', { shift, spread, runs });
  }
  const share = unsteadyShare(campaign);
  if (share > unsteadyLimit) return reason('unsteady', { share, limit: unsteadyLimit });
  return pairs < needed ? reason('few-pairs', { pairs, needed }) : null;
}
