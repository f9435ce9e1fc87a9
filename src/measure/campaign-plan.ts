// From a pilot to the design of a campaign: how many pairs, sessions and blocks, how long, and what it will see.

import type { CampaignDesign } from '../result/index.js';
import type { Pilot } from './pilot.js';

export interface PlanAsked {
  readonly pairs?: number | undefined;
  /** ms for the pilot and the campaign together; null: as long as the pairs need. */
  readonly budget?: number | null | undefined;
  /** Tolerated slowdown as a share, and the one-sided error of each look. */
  readonly tolerance: number;
  readonly alpha: number;
  readonly seed: number;
  readonly sessions?: number | undefined;
  /** Blocks a session. */
  readonly blocks?: number | undefined;
  /** ms */
  readonly segment?: number | undefined;
}

export function planCampaign(_pilot: Pilot, _asked: PlanAsked): CampaignDesign {
  throw new Error('not yet');
}
