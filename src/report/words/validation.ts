// What the examination of a force field found, item by item.

import type { ValidationItem, ValidationRecord } from '../../result/validation.js';
import { count, counted, quantity, significantDigits } from '../format.js';
import type { VerdictWords } from './measured.js';
import { itemSentences } from './validation-items.js';
import { skipReason } from './validation-skips.js';

export const validationHeadings = {
  verdict: 'Physics',
  columns: ['', 'examined', 'found', 'allowed'],
} as const;

const statusMarks: Record<ValidationItem['status'], string> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  skipped: '–',
};

/** Mark and name of an item. */
export function itemTitle({ id, status }: ValidationItem): readonly [mark: string, title: string] {
  return [statusMarks[status], itemSentences[id]?.title ?? id];
}

/** The number and what is allowed of it, as cells of a table. */
export function itemFound(item: ValidationItem): readonly [found: string, allowed: string] {
  const { value, unit, tolerance, status } = item;
  if (status === 'skipped') return ['not examined', ''];
  const word = itemSentences[item.id]?.found?.(item);
  const found = word ?? (value === null ? 'no number' : quantity(value, unit, 2));
  return [found, tolerance === null ? '' : quantity(tolerance, unit, 2)];
}

/** What a reader should know of an item beyond its number; null where that says it. */
export function describeItem(item: ValidationItem): string | null {
  const { id, status, values } = item;
  const { title, told } = itemSentences[id] ?? { title: id, told: () => null };
  if (status === 'skipped') return `${title}: not examined, ${skipReason(values)}.`;
  if (typeof values.message === 'string' && status === 'fail')
    return `${title}: the force field broke off. ${values.message}`;
  const text = told(item);
  return text === null ? null : `${title}: ${text}`;
}

/** `silicon-student in float32, examined on crystal-16 (Si16, periodic)`. */
export function examinationSubject({ forceField, systems }: ValidationRecord): string {
  const [system] = systems;
  const where = system
    ? `, examined on ${system.name} (${system.formula}, ${system.pbc.includes(true) ? 'periodic' : 'open'})`
    : '';
  return `${forceField.id}, ${forceField.precision}${where}`;
}

/** The sentence that an examination comes down to. */
export function describeExamination(record: ValidationRecord): string {
  const { pass, warn, fail, skipped } = record.summary;
  const parts = [
    `${count(pass)} of ${counted(record.items.length, 'item')} passed`,
    ...(fail > 0 ? [`${count(fail)} failed`] : []),
    ...(warn > 0 ? [`${counted(warn, 'warning')}`] : []),
    ...(skipped > 0 ? [`${count(skipped)} not examined`] : []),
  ];
  return `${parts.join(', ')}. ${[gradientSentence(record), smoothSentence(record)].filter(Boolean).join(' ')}`.trim();
}

function gradientSentence({ forcesAreGradient, items }: ValidationRecord): string {
  if (forcesAreGradient === null) return 'Whether its forces are the gradient of its energy is not known.';
  if (forcesAreGradient) return 'Its forces are the gradient of its energy.';
  return items.some(({ id, values }) => id === 'gradient' && values.nature === 'direct')
    ? 'It is a direct force model: no energy has its forces.'
    : 'Its forces are not the gradient of its energy.';
}

function smoothSentence({ energySmooth, items }: ValidationRecord): string {
  if (energySmooth !== false) return '';
  const { value } = items.find(({ id }) => id === 'cutoff-smoothness')!;
  return value === null
    ? 'Its energy is not finite everywhere.'
    : `Its energy jumps by ${significantDigits(value, 2)} eV where a pair crosses the cutoff.`;
}

/** Why the energy cannot be conserved, whoever integrates; null where the examination found nothing of the kind. */
export function driftCause({ forcesAreGradient, energySmooth }: ValidationRecord): string | null {
  if (forcesAreGradient === false)
    return 'The forces are not the gradient of the energy: the drift is the force field’s, not the integrator’s.';
  return energySmooth === false
    ? 'The energy jumps where pairs cross the cutoff: the drift may be the force field’s, not the integrator’s.'
    : null;
}

/** The examination among the verdicts of a case; null where there was none. */
export function physicsVerdict(record: ValidationRecord | undefined): VerdictWords | null {
  if (!record) return null;
  const { fail, warn } = record.summary;
  const [tone, short] =
    fail > 0
      ? (['fail', `${counted(fail, 'item')} failed`] as const)
      : warn > 0
        ? (['warn', counted(warn, 'warning')] as const)
        : (['pass', 'passed'] as const);
  const worst = record.items
    .filter(({ status }) => status === 'fail')
    .flatMap((item) => describeItem(item) ?? []);
  return {
    subject: validationHeadings.verdict,
    tone,
    short,
    text: [describeExamination(record), ...worst].join(' '),
  };
}
