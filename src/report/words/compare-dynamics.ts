// What trajectories show, in words: agreement of curves and means against the noise of the baseline's own two halves.

import type { Comparison } from '../../result/judgement.js';
import { significantDigits } from '../format.js';
import type { VerdictWords } from './verdicts.js';

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

/** One finding for all quantities; null where none was looked at. */
export function describeAgreement(all: readonly Agreement[]): VerdictWords | null {
  if (all.length === 0) return null;
  const of = (state: Agreement['state']) => all.filter((one) => one.state === state).map(agreementName);
  const [agrees, differs, unclear] = [of('agrees'), of('differs'), of('unclear')];
  const parts = [
    differs.length > 0 ? `More than its noise apart: ${differs.join(', ')}.` : '',
    agrees.length > 0 ? `Within the noise: ${agrees.join(', ')}.` : '',
    unclear.length > 0 ? `Too short to tell: ${unclear.join(', ')}.` : '',
  ];
  return {
    subject: 'What MD shows',
    tone: differs.length > 0 ? 'warn' : unclear.length > 0 ? 'inconclusive' : 'pass',
    short: shortAgreement(all),
    text: parts.filter(Boolean).join(' '),
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

/** `0.31 (noise 0.09)`. */
export function differenceWords({ difference, unit }: Agreement, value = difference): string {
  return `${significantDigits(value, 2)}${unit === '1' ? '' : ` ${unit}`}`;
}

export function agreementNote(baseline: string): string {
  return `The difference is judged against what two runs of the ${baseline} would differ by, from the two halves of its own run.`;
}
