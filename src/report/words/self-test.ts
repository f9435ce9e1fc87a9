// Words of the self-test: what was tried, what it says of checks on this machine, and what other rules would have said.

import type { CheckResult } from '../../result/judgement.js';

type TrialName = 'same' | 'slower';

export const trialTitles: Readonly<Record<TrialName, string>> = {
  same: 'The same against itself: must pass',
  slower: 'Against itself with 5 % more work: must fail',
};

export const selfTestConclusions = {
  stopped: 'Stopped before both were measured.',
  right: '✓ Both verdicts are right: checks on this machine can be believed.',
  undecided:
    '? Not decided in this time: give it more --time-budget, or a quieter machine. A check here would stay inconclusive too.',
  unmeasured:
    '? Not everything was measured, for the reason above: nothing is known of checks on this machine.',
  wrong: '✗ A verdict is wrong: do not let checks on this machine fail a build.',
} as const;

export const rulesTitle = 'What the decision rules of other harnesses say of the same times:';

export const ruleColumns: Readonly<Record<'rule' | TrialName, string>> = {
  rule: 'rule',
  same: 'of the same',
  slower: 'of the 5 % slower',
};

export const ruleWords = { right: 'right', unknown: '–' } as const;

/** A verdict in the words of a rule that knows only two. */
export const verdictAsRule: Readonly<Record<CheckResult['verdict'], string>> = {
  pass: 'same',
  fail: 'slower',
  inconclusive: 'undecided',
  error: 'error',
};
