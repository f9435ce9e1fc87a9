// What the self-test and the measurement of noise say, as lines of a terminal.

import type { Noise, Trial } from '../index.js';
import { renderCheckTerminal } from '../report/index.js';

interface Layout {
  readonly width: number;
  readonly color: boolean;
}

const trialTitles: Record<Trial['trial'], string> = {
  same: 'The same against itself: must pass',
  slower: 'Against itself with 5 % more work: must fail',
};

export function selfTestText(trials: readonly Trial[], layout: Layout): string {
  const blocks = trials.map(({ trial, document }) =>
    [trialTitles[trial], '', renderCheckTerminal(document, layout)].join('\n'),
  );
  return [...blocks, conclusion(trials)].join('\n\n');
}

/** What every rule says of both trials, those that are right about both first; ours on top. */
export function rulesText(trials: readonly Trial[]): string {
  const said = trials.map(({ rules }) => new Map(rules.map(({ id, says }) => [id, says])));
  const ids = trials[0]?.rules.map(({ id }) => id) ?? [];
  const ours = { pass: 'same', fail: 'slower', inconclusive: 'undecided', error: 'error' } as const;
  const verdicts = trials.map(({ document }) => ours[document.check?.verdict ?? 'error']);
  const rows = [
    ['rule', ...trials.map(({ trial }) => `of the ${trial === 'same' ? 'same' : '5 % slower'}`), ''],
    ['mdbench', ...verdicts, trials.every(({ right }) => right) ? 'right' : ''],
    ...ids.map((id) => {
      const says = said.map((one) => one.get(id) ?? '–');
      const right = trials.every(({ trial }, k) => says[k] === trial);
      return [id, ...says, right ? 'right' : ''];
    }),
  ];
  return ['What the decision rules of other harnesses say of the same times:', ...aligned(rows)].join('\n');
}

export function noiseText(found: readonly Noise[]): string {
  const rows = found.map((noise) => [
    `${noise.label} on ${noise.system}`,
    `${noise.stepTime.toPrecision(3)} ms`,
    `${noise.pairs}`,
    ...[noise.components.process, noise.components.session, noise.components.block, noise.spread].map(
      percent,
    ),
  ]);
  const head = ['same against same', 'step', 'pairs', 'process', 'session', 'block', 'a pair'];
  return [
    'Standard deviation of log(candidate/baseline), by where it comes from:',
    ...aligned([head, ...rows]),
    '',
    ...found.flatMap((noise) => [...meaning(noise), '']),
  ]
    .join('\n')
    .trimEnd();
}

function meaning({ label, system, pairTime, detectable, best, failure, pairs }: Noise): string[] {
  if (failure) return [`${label} on ${system} broke off: ${failure.message}`];
  if (pairs < 2) return [`${label} on ${system}: ${pairs} pairs are too few; give it more --time-budget.`];
  const seen = detectable.map((one) => `${percent(one.slowdown)} with ${one.pairs}`).join(', ');
  const count = (value: number) => (Number.isFinite(value) ? `${value}` : 'many');
  const unknown = Number.isNaN(best.sessions) || Number.isNaN(best.blocks);
  return [
    `${label} on ${system}: a pair takes ${(pairTime / 1000).toFixed(1)} s and finds a slowdown of`,
    `  ${seen} pairs (95 times of 100).`,
    ...(unknown
      ? []
      : [
          `  Most for the time: ${count(best.sessions)} sessions a process, ${count(best.blocks)} blocks a session.`,
        ]),
  ];
}

function conclusion(trials: readonly Trial[]): string {
  if (trials.length < 2) return 'Stopped before both were measured.';
  const wrong = trials.filter(({ right }) => !right);
  if (wrong.length === 0) return '✓ Both verdicts are right: checks on this machine can be believed.';
  const undecided = wrong.every(({ document }) => document.check?.verdict === 'inconclusive');
  return undecided
    ? '? Not decided in this time: give it more --time-budget, or a quieter machine. A check here would stay inconclusive too.'
    : '✗ A verdict is wrong: do not let checks on this machine fail a build.';
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toPrecision(2)} %` : '–';
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return rows.map((row) => `  ${row.map((cell, k) => cell.padEnd(widths[k])).join('  ')}`.trimEnd());
}
