// What trajectories show, in words: agreement of curves and means with the noise of the baseline's own run.

import type { Comparison } from '../../result/judgement.js';
import { significantDigits } from '../format.js';
import type { VerdictWords } from './measured.js';

type Agreement = Comparison['agreement'][number];

export const agreementMark: Record<Agreement['state'], string> = { agrees: '✓', differs: '!', unclear: '?' };

export const agreementWord: Record<Agreement['state'], string> = {
  agrees: 'agrees',
  differs: 'differs',
  unclear: 'unclear',
};

/** Class of the page's colors. */
export const agreementTone = { agrees: 'pass', differs: 'warn', unclear: 'inconclusive' } as const;

const names: Record<Agreement['quantity'], string> = {
  'radial-distribution': 'radial distribution',
  'velocity-autocorrelation': 'velocity autocorrelation',
  spectrum: 'vibrational spectrum',
  temperature: 'temperature',
};

export function agreementName({ quantity, pair }: Agreement): string {
  return pair === null ? names[quantity] : `${names[quantity]} ${pair}`;
}

/**
 * One finding for all quantities; null where none was looked at.
 * @param baseline what the baseline is called
 */
export function describeAgreement(all: readonly Agreement[], baseline: string): VerdictWords | null {
  if (all.length === 0) return null;
  const named = (some: readonly Agreement[]) => some.map(agreementName).join(', ');
  const of = (state: Agreement['state']) => all.filter((one) => one.state === state);
  const unclear = of('unclear');
  const own = `the noise of the ${baseline}’s own run`;
  const parts: [found: readonly Agreement[], before: string, after: string][] = [
    [of('differs'), `More than ${own} and another start explain`, ''],
    [of('agrees'), `Within ${own}`, ''],
    [
      unclear.filter(({ startNoise }) => startNoise !== null),
      `More than ${own}, less than what another start could explain`,
      '; another seed or more steps decide',
    ],
    [
      unclear.filter(({ startNoise }) => startNoise === null),
      `More than ${own}, and what another start could explain is not known`,
      '',
    ],
  ];
  return {
    subject: 'What MD shows',
    tone: of('differs').length > 0 ? 'warn' : unclear.length > 0 ? 'inconclusive' : 'pass',
    short: shortAgreement(all),
    text: parts
      .filter(([found]) => found.length > 0)
      .map(([found, before, after]) => `${before}: ${named(found)}${after}.`)
      .join(' '),
  };
}

/** `3 of 4 agree`. */
export function countAgreement(all: readonly Agreement[]): string {
  return `${all.filter(({ state }) => state === 'agrees').length} of ${all.length} agree`;
}

/** `! 1 differs`; `? 1 unclear` where none differs; `✓` where all agree. */
export function worstAgreement(all: readonly Agreement[]): string {
  for (const state of ['differs', 'unclear'] as const) {
    const n = all.filter((one) => one.state === state).length;
    if (n > 0) return `${agreementMark[state]} ${n} ${state === 'differs' && n > 1 ? 'differ' : state}`;
  }
  return agreementMark.agrees;
}

function shortAgreement(all: readonly Agreement[]): string {
  const n = (state: Agreement['state']) => all.filter((one) => one.state === state).length;
  return [
    countAgreement(all),
    n('differs') > 0 ? `${n('differs')} ${n('differs') === 1 ? 'differs' : 'differ'}` : '',
    n('unclear') > 0 ? `${n('unclear')} unclear` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** `0.31`, `2.9 K`; a dash for what is unknown. */
export function differenceWords({ unit }: Agreement, value: number | null): string {
  if (value === null) return '–';
  return `${significantDigits(value, 2)}${unit === '' ? '' : ` ${unit}`}`;
}

/** @param baseline @param candidate what the arms are called */
export function agreementNote(baseline: string, candidate: string): string {
  return [
    `Up to twice the noise of two halves of the ${baseline}’s own run (their difference over √2), two trajectories agree;`,
    'from three times what that and another start from the thermostat come to together, they differ; between, it is unclear.',
    `Both runs begin with the same seed and velocities, so that small differences are the rule for a good ${candidate}.`,
  ].join(' ');
}
