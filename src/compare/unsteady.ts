// Workers that never reached a steady state, by the classes of Barrett et al., OOPSLA 2017, over the parts of segments.

import type { ArmName, Pair, PairedCampaign } from '../result/campaign.js';
import { steadyState } from '../stats/index.js';

/** Parts below which a worker cannot be classified. */
const fewestParts = 20;

/** Share of the classified workers (both arms) without a steady state; 0 where none can be classified. */
export function unsteadyShare(campaign: PairedCampaign): number {
  const classified = campaign.pairs
    .flatMap((pair) => [partsOf(pair, 'baseline'), partsOf(pair, 'candidate')])
    .filter((parts) => parts.length >= fewestParts)
    .map((parts) => steadyState(parts).class);
  if (classified.length === 0) return 0;
  return classified.filter((found) => found === 'no-steady-state').length / classified.length;
}

/** Medians of the step time in equal parts of every segment of one worker, in order of time. */
function partsOf({ segments }: Pair, arm: ArmName): Float64Array {
  const each = segments.parts.length / segments.arm.length;
  if (!Number.isInteger(each)) return new Float64Array();
  return Float64Array.from(segments.parts.filter((_, k) => segments.arm[Math.floor(k / each)] === arm));
}
