// The plan of a campaign before it starts, and the machine that it will run on.

import type { CampaignDesign, MachineState } from '../../result/campaign.js';

export interface PlannedCampaign {
  /** The system. */
  readonly id: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly design: CampaignDesign;
  readonly machine: MachineState;
}

/** One block of lines for all campaigns of a `compare` or `check`. */
export function renderPlan(
  campaigns: readonly PlannedCampaign[],
  _options: { readonly width?: number; readonly color?: boolean } = {},
): string {
  return campaigns.map(({ id }) => id).join('\n');
}
