// The warnings of paired campaigns and of stored baselines in sentences.

import type { Sentence } from './warning-values.js';

export const campaignCautions: Record<string, Sentence> = {
  contaminated: (v) => [
    `Something else used the machine while ${v.text('campaign')} was measured: in ${v.counted('runs', 'run')} the control workload, which never changes, shifted by ${v.size('shift', '%')} and scattered by ${v.size('spread', '%')}.`,
    'Believe no speed of this campaign; measure again when the machine is quiet.',
  ],
  'unsteady-workers': (v) => [
    `${v.size('share', '%')} of the worker processes of ${v.text('campaign')} reached no steady state; at most ${v.size('limit', '%')} may.`,
    'Run on a machine with nothing else to do, without frequency scaling.',
  ],
  'workload-untold': (v) => [
    `Only one of the two workers tells its ${v.text('keys')}: nobody knows whether both ran the same.`,
    'Let both commands tell the same keys of their workload.',
  ],
  'precision-unknown': () => [
    'Another program computes one side, in a precision that mdbench does not know: the ratio may be one of precisions too.',
  ],
  'campaign-failed': (v) => [
    `The measurement of ${v.text('campaign')} broke off in pair ${v.number('pair')} (${v.text('cause')}): ${v.sentence('message')}`,
  ],
  'pilot-failed': (v) => [
    `${v.has('candidate') ? `${v.text('candidate')} against ${v.text('baseline')} on ${v.text('campaign')}` : `A pair on ${v.text('campaign')}`} could not be timed: ${v.sentence('message')}`,
    'The others went on without it.',
  ],
  'examination-failed': (v) => [
    `The examination of both force fields on ${v.text('system')} failed (${v.text('cause')}), so that its accuracy is not known: ${v.sentence('message')}`,
  ],
  'cross-machine': (v) => [
    `The baseline ${v.text('baseline')} was stored on another machine or with other software (${v.text('keys')}): what is said of it is indicative and fails nothing.`,
    'Measure both in one job (--baseline and --candidate) for a verdict.',
  ],
  'few-stored-runs': (v) => [
    `The baseline ${v.text('baseline')} has ${v.counted('runs', 'run')}, of the ${v.number('needed')} that a comparison needs.`,
    'Store it again with more runs.',
  ],
};
