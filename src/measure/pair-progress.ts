// What a campaign tells on its way: where it is, how long it will take, what the pairs say so far.

import type { CampaignDesign, Pair } from '../result/index.js';
import { mean, pairEffect, smallestDetectable, standardDeviation } from '../stats/index.js';
import type { PairedOptions } from './campaign-arm.js';
import { now } from './clock.js';

export interface CampaignTeller {
  start(pair: number, soFar: readonly Pair[]): void;
  block(pair: number, block: number, soFar: readonly Pair[]): void;
}

export function campaignProgress(
  campaign: string,
  design: CampaignDesign,
  metrics: readonly string[],
  elapsed: () => number,
  onProgress: PairedOptions['onProgress'],
): CampaignTeller {
  const blocks = design.sessions * design.blocks;
  const { pairs, expectedTime: expected } = design;

  function tell(stage: 'start' | 'segments', pair: number, block: number, soFar: readonly Pair[]): void {
    const effects = soFar.map((one) => effectOf(one, judgedMetric(metrics)));
    onProgress?.({
      campaign,
      stage,
      pair,
      pairs,
      block,
      blocks,
      elapsed: elapsed(),
      expected,
      change: effects.length > 0 ? Math.expm1(mean(effects)) : null,
      detectable: detectable(effects, design),
      clock: now(),
    });
  }

  return {
    start: (pair, soFar) => tell('start', pair, 0, soFar),
    block: (pair, block, soFar) => tell('segments', pair, block, soFar),
  };
}

/** The whole step where it is measured. */
export function judgedMetric(metrics: readonly string[]): string {
  return metrics.includes('step-time-p50') ? 'step-time-p50' : metrics[0];
}

function effectOf({ segments }: Pair, metric: string): number {
  return pairEffect(segments.arm, segments.session, segments.block, segments.metrics[metric]);
}

/** By the spread that was expected, until there are pairs enough to have one of their own. */
function detectable(effects: readonly number[], design: CampaignDesign): number | null {
  const { tolerance, alpha, alphaDivisor = 1 } = design;
  const value =
    effects.length < 4
      ? design.expectedDetectable
      : smallestDetectable(standardDeviation(effects), design.pairs, {
          tolerance,
          alpha: alpha / alphaDivisor,
        });
  return value !== null && Number.isFinite(value) ? value : null;
}
