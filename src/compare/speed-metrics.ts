// The times of campaigns as numbers that gates can judge: absolute ones by their pairs, and the candidate's in pairs.

import type { ArmName, PairedCampaign } from '../result/campaign.js';
import { quantile, ratioInterval } from '../stats/index.js';
import { pathsOf } from './campaigns.js';
import { estimateOf } from './estimate.js';
import type { GateMetric, GateNumber } from './gate-metric.js';
import { metricsOf, timesOf } from './speed.js';

/** What a campaign would have measured, where it broke before its first pair. */
const expected = ['step-time-p50', 'step-time-mean', 'force-call-p50'];

export function speedMetrics(campaigns: readonly PairedCampaign[]): GateMetric[] {
  return campaigns.flatMap((campaign) => {
    const ids = campaign.pairs.length > 0 ? metricsOf(campaign) : expected;
    return (['baseline', 'candidate'] as const).flatMap((arm) =>
      ids.map((metric) => speedMetric(campaign, arm, metric)),
    );
  });
}

function speedMetric(campaign: PairedCampaign, arm: ArmName, metric: string): GateMetric {
  const { failure } = campaign;
  return {
    ...pathsOf(campaign, arm, metric),
    metric,
    from: 'campaign',
    state: stateOf(campaign),
    failure: failure && { cause: failure.cause, message: failure.message },
    number: absolute(campaign, arm, metric),
    counterpart: arm === 'candidate' ? absolute(campaign, 'baseline', metric) : null,
    better: 'lower',
    campaign,
  };
}

function stateOf({ status, pairs }: PairedCampaign): GateMetric['state'] {
  if (status === 'failed') return 'failed';
  return pairs.length > 0 ? 'measured' : 'skipped';
}

/** ms: geometric mean of the medians of its processes, with Student's t over them. */
function absolute(campaign: PairedCampaign, arm: ArmName, metric: string): GateNumber | null {
  if (campaign.pairs.length === 0) return null;
  const logs = campaign.pairs.map((pair) => Math.log(quantile(timesOf(pair, metric, arm), 0.5)));
  const time = estimateOf(ratioInterval(logs), 'ms', logs.length);
  return { ...time, exact: false, withinRun: false, missing: null };
}
