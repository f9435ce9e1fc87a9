// Whether something else was at work on the machine while it was measured: by the control workload, a fixed kernel that
// the parent runs between blocks. It knows nothing of either arm, so that a change of its time is the machine's.

import type { PairedCampaign } from '../result/campaign.js';
import type { Warning } from '../result/document.js';
import { quantile } from '../stats/index.js';

/**
 * Both are settings, not constants of nature. They are far above what a shared machine shows by itself (1–3 %), and far
 * below what a busy neighbor does (a second process on the core: 100 %).
 */
const shiftLimit = 0.1;
const spreadLimit = 0.1;
const fewestRuns = 6;
/** p90 − p10 of a normal distribution in standard deviations. */
const normalWidth = 2.5631;

/**
 * Contaminated: the median of the later half of the control times differs from that of the earlier half by more than
 * 10 %, or their spread (p90 − p10 as a normal standard deviation, over the median; so a tenth of the runs disturbed is
 * seen) is above 10 %. Null: clean, or fewer than six runs.
 */
export function contamination(campaign: PairedCampaign): Warning | null {
  const times = campaign.pairs.flatMap(({ control }) => control.elapsed);
  if (times.length < fewestRuns) return null;
  const half = Math.floor(times.length / 2);
  const shift = quantile(times.slice(-half), 0.5) / quantile(times.slice(0, half), 0.5) - 1;
  const spread = (quantile(times, 0.9) - quantile(times, 0.1)) / normalWidth / quantile(times, 0.5);
  if (Math.abs(shift) <= shiftLimit && spread <= spreadLimit) return null;
  return {
    code: 'contaminated',
    values: { campaign: campaign.id, shift: 100 * shift, spread: 100 * spread, runs: times.length },
  };
}
