// Does this machine's check tell right from wrong: the same against itself, and against itself made 5 % slower on purpose.

import type { ArmName, PairedCampaign, ResultDocument } from './result/index.js';
import { type CheckOptions, checkTimes } from './run-check.js';
import type { CheckedSide } from './run-check-plan.js';
import { rivalRules } from './stats/index.js';

/** Share of its work that the slower one repeats. */
export const plantedSlowdown = 0.05;

export interface SelfTestOptions
  extends Pick<
    CheckOptions,
    'systems' | 'dynamics' | 'signal' | 'patience' | 'onPairs' | 'onPlan' | 'onAwaited'
  > {
  readonly forceField: Extract<CheckedSide, { forceField: unknown }>['forceField'];
  /** ms for both trials together; two minutes by default. */
  readonly timeBudget?: number | undefined;
}

export interface Trial {
  readonly trial: 'same' | 'slower';
  /** With `check`; aborted where it was stopped. */
  readonly document: ResultDocument;
  /** What the verdict should be. */
  readonly expected: 'pass' | 'fail';
  readonly right: boolean;
  /** What other harnesses' decision rules say of the same times. */
  readonly rules: readonly { readonly id: string; readonly says: 'slower' | 'same' }[];
}

const bothTime = 120_000;

/** @throws MdbenchError as `check` does */
export async function selfTest(options: SelfTestOptions): Promise<readonly Trial[]> {
  const { forceField, timeBudget = bothTime } = options;
  const side = { forceField };
  const trials: Trial[] = [];
  for (const trial of ['same', 'slower'] as const) {
    if (options.signal?.aborted) break;
    const document = await checkTimes({
      ...options,
      baseline: side,
      candidate: side,
      handicap: trial === 'slower' ? plantedSlowdown : 0,
      timeBudget: timeBudget / 2,
    });
    const expected = trial === 'same' ? 'pass' : 'fail';
    const right = document.check?.verdict === expected;
    trials.push({ trial, document, expected, right, rules: rulesOn(document) });
  }
  return trials;
}

function rulesOn({ campaigns = [] }: ResultDocument): Trial['rules'] {
  const campaign = campaigns.at(-1);
  if (!campaign || campaign.pairs.length === 0) return [];
  const raw = { baseline: timesOf(campaign, 'baseline'), candidate: timesOf(campaign, 'candidate') };
  return rivalRules.map((rule) => ({ id: rule.id, says: rule.says(raw) }));
}

/** Medians of the step time over a fifth of a segment, in order, one series a process; of whole segments without fifths. */
function timesOf({ pairs }: PairedCampaign, arm: ArmName): number[][] {
  return pairs.map(({ segments }) => {
    const count = segments.arm.length;
    const each = segments.parts.length / count;
    const values = each >= 1 ? segments.parts : Object.values(segments.metrics)[0];
    const size = Math.max(1, each);
    return values.filter((_, k) => segments.arm[Math.floor(k / size)] === arm);
  });
}
