// What has to be said about a campaign as a whole.

import type { PairedCampaign } from '../result/campaign.js';
import type { Warning } from '../result/document.js';
import { contamination } from './contamination.js';
import { unknownPrecision, untoldConditions } from './differences.js';
import { unsteadyShare } from './unsteady.js';

/** Share of workers without a steady state above which speed is not judged. */
export const unsteadyLimit = 0.25;

export function campaignWarnings(campaign: PairedCampaign): Warning[] {
  const [baseline, candidate] = [campaign.arms.baseline.workload, campaign.arms.candidate.workload];
  const unsteady = unsteadyShare(campaign);
  const found = [
    contamination(campaign),
    unsteady > unsteadyLimit ? unsteadyWorkers(campaign.id, unsteady) : null,
    baseline && candidate ? untoldConditions(baseline, candidate) : null,
    baseline && candidate ? unknownPrecision(baseline, candidate) : null,
    campaign.failure ? campaignFailed(campaign.id, campaign.failure) : null,
  ];
  return found.filter((warning) => warning !== null);
}

function unsteadyWorkers(campaign: string, share: number): Warning {
  return { code: 'unsteady-workers', values: { campaign, share: 100 * share, limit: 100 * unsteadyLimit } };
}

function campaignFailed(
  campaign: string,
  { cause, message, pair }: NonNullable<PairedCampaign['failure']>,
): Warning {
  return { code: 'campaign-failed', values: { campaign, cause, message, pair: pair + 1 } };
}
