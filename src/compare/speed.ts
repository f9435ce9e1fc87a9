// How much faster the candidate is: the unit of inference is a fresh process pair, never a step.

import type { ArmName, Pair, PairedCampaign } from '../result/campaign.js';
import type { Ratio } from '../result/judgement.js';
import { pairEffect, quantile, ratioInterval } from '../stats/index.js';
import { estimateOf } from './estimate.js';

/** Every time that both arms tell in every pair, the whole step first; empty without a pair. */
export function ratiosOf(campaign: PairedCampaign): Ratio[] {
  return metricsOf(campaign).map((metric) => {
    const pairEffects = pairEffectsOf(campaign, metric);
    const slowdown = ratioInterval(pairEffects);
    const speedUp = { value: 1 / slowdown.value, low: 1 / slowdown.high, high: 1 / slowdown.low };
    return {
      metric,
      speedUp: estimateOf(
        pairEffects.length > 1 ? speedUp : unbounded(speedUp.value),
        '×',
        pairEffects.length,
      ),
      baseline: medianOf(campaign, metric, 'baseline'),
      candidate: medianOf(campaign, metric, 'candidate'),
      pairEffects,
    };
  });
}

/** log(candidate / baseline) of every pair, in order. */
export function pairEffectsOf(campaign: PairedCampaign, metric: string): number[] {
  return campaign.pairs.map(({ segments }) =>
    pairEffect(segments.arm, segments.session, segments.block, segments.metrics[metric] ?? []),
  );
}

/** Ids of the times that every pair has in every segment, positive and of both arms. */
export function metricsOf(campaign: PairedCampaign): string[] {
  const [first] = campaign.pairs;
  if (!first) return [];
  const told = Object.keys(first.segments.metrics).filter((id) =>
    campaign.pairs.every((pair) => isTold(pair, id)),
  );
  const order = ['step-time-p50', 'step-time-mean', 'force-call-p50'];
  return [...order.filter((id) => told.includes(id)), ...told.filter((id) => !order.includes(id))];
}

/** Times of one arm in one pair, in order. */
export function timesOf({ segments }: Pair, metric: string, arm: ArmName): number[] {
  return (segments.metrics[metric] ?? []).filter((_, k) => segments.arm[k] === arm);
}

function isTold({ segments }: Pair, id: string): boolean {
  const values = segments.metrics[id] ?? [];
  return (
    values.length === segments.arm.length &&
    values.every((value) => value > 0 && Number.isFinite(value)) &&
    segments.arm.includes('baseline') &&
    segments.arm.includes('candidate')
  );
}

function medianOf(campaign: PairedCampaign, metric: string, arm: ArmName): number {
  return quantile(
    campaign.pairs.flatMap((pair) => timesOf(pair, metric, arm)),
    0.5,
  );
}

function unbounded(value: number) {
  return { value, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}
