// What `mdbench doctor --self-test` prints: both checks, whether they can be believed, and what other rules say.

import type { ResultDocument } from '../../result/document.js';
import { renderCheckTerminal } from '../check/terminal.js';
import {
  ruleColumns,
  rulesTitle,
  ruleWords,
  selfTestConclusions,
  trialTitles,
  verdictAsRule,
} from '../words/self-test.js';
import { type Layout, layoutOf, table, wrap } from './layout.js';

interface Trial {
  readonly trial: 'same' | 'slower';
  /** With `check`. */
  readonly document: ResultDocument;
  /** Whether its verdict is what it should be. */
  readonly right: boolean;
  readonly rules: readonly { readonly id: string; readonly says: 'same' | 'slower' }[];
}

/** @param trials both, or those before it was stopped */
export function renderSelfTest(trials: readonly Trial[], options: Partial<Layout> = {}): string {
  const { width } = layoutOf(options);
  const blocks = trials.map(({ trial, document }) =>
    [...wrap(trialTitles[trial], '', width), '', renderCheckTerminal(document, options)].join('\n'),
  );
  return [...blocks, wrap(conclusion(trials), '', width).join('\n')].join('\n\n');
}

/** What every rule says of both trials, ours on top. */
export function renderRules(trials: readonly Trial[], options: Partial<Layout> = {}): string {
  const { width } = layoutOf(options);
  const said = trials.map(({ rules }) => new Map(rules.map(({ id, says }) => [id, says])));
  const ids = new Set(said.flatMap((one) => [...one.keys()]));
  const verdicts = trials.map(({ document }) => verdictAsRule[document.check?.verdict ?? 'error']);
  const rows = [
    [ruleColumns.rule, ...trials.map(({ trial }) => ruleColumns[trial]), ''],
    ['mdbench', ...verdicts, rightWord(trials.every(({ right }) => right))],
    ...[...ids].map((id) => {
      const says = said.map((one) => one.get(id) ?? ruleWords.unknown);
      return [id, ...says, rightWord(trials.every(({ trial }, k) => says[k] === trial))];
    }),
  ];
  return [...wrap(rulesTitle, '', width), ...table(rows).map((line) => `  ${line}`)].join('\n');
}

function rightWord(right: boolean): string {
  return right ? ruleWords.right : '';
}

function conclusion(trials: readonly Trial[]): string {
  if (trials.length < 2) return selfTestConclusions.stopped;
  const wrong = trials.filter(({ right }) => !right);
  if (wrong.length === 0) return selfTestConclusions.right;
  const verdicts = wrong.map(({ document }) => document.check?.verdict ?? 'error');
  if (verdicts.some((verdict) => verdict === 'pass' || verdict === 'fail')) return selfTestConclusions.wrong;
  return selfTestConclusions[verdicts.includes('error') ? 'unmeasured' : 'undecided'];
}
