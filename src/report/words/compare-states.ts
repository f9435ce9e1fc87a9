// What is missing from a comparison and why; the machine it was measured on, and the plan of its campaign.

import type { PairedCampaign } from '../../result/campaign.js';
import type { ComparisonView } from '../compare/view.js';
import { count, counted, quantity, significantDigits } from '../format.js';
import { armName } from './compare-labels.js';
import { describeCause } from './failures.js';

export interface MissingWords {
  readonly text: string;
  readonly advice: string | null;
}

/** Null where the campaign ran to its end. */
export function describeMissingCampaign(view: ComparisonView): MissingWords | null {
  const { campaign } = view;
  const { id } = view.comparison;
  if (!campaign) return { text: `Nothing was timed in pairs on ${id}: there is no speed-up.`, advice: null };
  const { failure, status, pairs, design } = campaign;
  const done = `${count(pairs.length)} of ${counted(design.pairs, 'process pair')}`;
  if (status === 'failed') {
    const { what, advice } = describeCause(failure?.cause ?? '', failure?.message ?? 'it ended early');
    const who = failure ? `the ${armName(view, failure.arm)} in pair ${failure.pair + 1}` : 'a worker';
    return {
      text: `The paired campaign on ${id} failed at ${who}: ${what}. ${left(view, done, pairs.length)}`,
      advice: failure?.hint ?? advice,
    };
  }
  if (status === 'aborted')
    return {
      text: `The paired campaign on ${id} was stopped. ${left(view, done, pairs.length)}`,
      advice: null,
    };
  return view.comparison.ratios.length === 0
    ? {
        text: `No speed-up could be computed on ${id}: ${pairs.length === 0 ? 'no process pair was finished' : `${done} are too few`}.`,
        advice: pairs.length === 0 ? 'Allow more time (--time-budget), or leave it out.' : null,
      }
    : null;
}

/** Null where frames were examined. */
export function describeMissingExamination({ examination, comparison }: ComparisonView): MissingWords | null {
  if (!examination)
    return {
      text: `No frames were examined on ${comparison.id}: nothing is known of accuracy or of what MD shows.`,
      advice: null,
    };
  if (!examination.failure) return null;
  const { cause, message, hint } = examination.failure;
  const { what, advice } = describeCause(cause, message);
  return { text: `The examination on ${comparison.id} failed: ${what}.`, advice: hint ?? advice };
}

/** `8 process pairs of 2 sessions of 2 blocks, segments of 100 ms, 41 s.` */
export function describeDesign({ design, elapsed, pairs, rerun }: PairedCampaign): string {
  const plan = `${counted(pairs.length, 'process pair')} of ${counted(design.sessions, 'session')} of ${counted(design.blocks, 'block')}, segments of ${quantity(design.segment, 'ms')}, ${quantity(elapsed, 'ms')} in all.`;
  return rerun
    ? `${plan} This is the one declared rerun: the campaign before it was disturbed; the document keeps both.`
    : plan;
}

export const noiseFacts = {
  plan: 'campaign',
  machine: 'machine',
  load: 'load before it',
  steal: 'taken by the host',
  governor: 'frequency governor',
  throttled: 'throttling events',
  control: 'control workload',
  detectable: 'planned to see',
  unknown: 'unknown',
} as const;

export function controlWords({ machine }: PairedCampaign): string {
  return `${quantity(machine.controlTime, 'ms')}, scatter ${significantDigits(100 * machine.controlSpread, 2)} %`;
}

export function detectableWords({ design }: PairedCampaign): string {
  const { expectedDetectable } = design;
  if (expectedDetectable === null) return 'no change: one pair tells no scatter';
  return `changes of ${significantDigits(100 * expectedDetectable, 2)} % and more, at a spread of ${significantDigits(100 * design.expectedSpread, 2)} % between pairs`;
}

/** What the parts of a step sum to, by the metric that they are measured in. */
export const wholeOfParts = { 'step-time-mean': 'mean step', 'step-time-p50': 'median step' } as const;
export const missingShares = 'The workers did not tell what a step is made of.';
export const missingMemory = 'The memory of neither force field was measured.';
export const oneSystem =
  'One system: no cost model. Compare on several sizes (--system si64 si216 …) to see up to which one the student wins.';

function left(view: ComparisonView, done: string, pairs: number): string {
  if (pairs > 0 && view.comparison.ratios.length === 0) return `Of it, ${done} were finished: no speed-up.`;
  return pairs === 0
    ? 'No pair were finished.'
    : `What is shown rests on ${done}${pairs < 4 ? ', too few to quote' : ''}.`;
}
