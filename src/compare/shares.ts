// Where the time of a step goes in one arm: shares of the whole step from the phases of its segments, summing to 1.

import type { ArmName, PairedCampaign } from '../result/campaign.js';
import type { Comparison } from '../result/judgement.js';

export type Shares = NonNullable<Comparison['shares'][ArmName]>;

const phases = ['forces', 'neighbors', 'integrate', 'other'] as const;

/** Sums over all segments, so that a long segment counts as much as it took. Null where a worker does not tell. */
export function sharesOf(campaign: PairedCampaign, arm: ArmName): Shares | null {
  const sums = phases.map((phase) => {
    let sum = 0;
    for (const { segments } of campaign.pairs) {
      for (const [k, owner] of segments.arm.entries()) {
        if (owner === arm) sum += segments.phases[phase]?.[k] ?? Number.NaN;
      }
    }
    return sum;
  });
  const total = sums.reduce((a, b) => a + b, 0);
  if (!(total > 0)) return null;
  const [forces, neighbors, integrate, other] = sums.map((sum) => sum / total);
  return { forces, neighbors, integrate, other };
}
