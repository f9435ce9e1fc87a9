// A paired campaign from its first pair to its last look. What happens in a worker is a record, never an exception.

import type { ArmName, CampaignDesign, Pair, PairedCampaign } from '../result/index.js';
import type { CampaignArm, PairedOptions } from './campaign-arm.js';
import type { Pilot } from './pilot.js';

export interface PairedCampaignOptions extends PairedOptions {
  /** Called with all pairs so far after each look of the design, and at the end; true: enough. */
  readonly onLook?: ((pairs: readonly Pair[]) => boolean) | undefined;
  readonly rerun?: boolean | undefined;
}

export function runPairedCampaign(
  _id: string,
  _arms: Readonly<Record<ArmName, CampaignArm>>,
  _pilot: Pilot,
  _design: CampaignDesign,
  _options: PairedCampaignOptions,
): Promise<PairedCampaign> {
  throw new Error('not yet');
}
