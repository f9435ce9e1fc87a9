// Where the noise of this machine sits: one arm against itself, its variance split into processes, sessions and blocks.

import { MdbenchError } from '../errors.js';
import type { PairedCampaign } from '../result/index.js';
import { blockEffects, varianceComponents } from '../stats/index.js';
import type { CampaignArm, PairedOptions } from './campaign-arm.js';
import { planCampaign } from './campaign-plan.js';
import { judgedMetric } from './pair-progress.js';
import { runPairedCampaign } from './paired-campaign.js';
import { pilotCampaign } from './pilot.js';
import { misuseOf } from './worker-failure.js';

/** Standard deviations of log effects: 0.01 is 1 %. `session` is NaN where the arm has no fresh sessions. */
interface NoiseComponents {
  readonly process: number;
  readonly session: number;
  readonly block: number;
  /** ms */
  readonly stepTime: number;
  readonly pairs: number;
}

const shape = { pairs: 6, sessions: 2, blocks: 2 };

/** @throws MdbenchError with the worker's own code for misuse, `measurement-failed` when a worker dies, `aborted` */
export async function measureNoise(
  arm: CampaignArm,
  options: PairedOptions & { readonly pairs?: number; readonly segment?: number },
): Promise<NoiseComponents> {
  const arms = { baseline: arm, candidate: arm };
  const pilot = await pilotCampaign(arms, options);
  const { pairs = shape.pairs, segment } = options;
  const design = planCampaign(pilot, { ...shape, pairs, segment, tolerance: 0.03, alpha: 0.002, seed: 1 });
  const campaign = await runPairedCampaign('noise', arms, pilot, design, options);
  if (campaign.status === 'aborted') throw new MdbenchError('aborted', 'Stopped before all was measured.');
  if (campaign.failure) throw misuseOf(campaign.failure, arm.label);
  const components = varianceComponents(effectsOf(campaign, judgedMetric(pilot.metrics)));
  return { ...components, stepTime: pilot.stepTimes.baseline, pairs: campaign.pairs.length };
}

function effectsOf({ pairs, design }: PairedCampaign, metric: string) {
  return pairs.flatMap(({ segments }, pair) =>
    blockEffects(segments.arm, segments.block, segments.metrics[metric]).map((value, block) => ({
      pair,
      session: Math.floor(block / design.blocks),
      value,
    })),
  );
}
