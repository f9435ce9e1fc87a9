// Words of measured noise: where the scatter of pairs comes from, and what that means for a plan.

import { count, quantity } from '../format.js';
import { share } from './gate-numbers.js';

/** Of one force field on one system, the same on both sides. Shares; times in ms. */
export interface MeasuredNoise {
  readonly label: string;
  readonly system: string;
  readonly stepTime: number;
  readonly pairs: number;
  /** NaN where there was no time to repeat a level. */
  readonly components: { readonly process: number; readonly session: number; readonly block: number };
  /** Of pair effects. */
  readonly spread: number;
  readonly detectable: readonly { readonly pairs: number; readonly slowdown: number }[];
  readonly pairTime: number;
  /** Infinite: the more the better; NaN: unknown. */
  readonly best: { readonly sessions: number; readonly blocks: number };
  readonly failure: { readonly message: string } | null;
}

export const noiseTitle = 'Standard deviation of log(candidate/baseline), by where it comes from:';
export const noiseColumns = [
  'same against same',
  'step',
  'pairs',
  'process',
  'session',
  'block',
  'a pair',
] as const;

/** One cell a column. */
export function noiseCells(noise: MeasuredNoise): string[] {
  const { components, spread, pairs, stepTime } = noise;
  return [
    subjectOf(noise),
    quantity(stepTime, 'ms'),
    count(pairs),
    ...[components.process, components.session, components.block, spread].map(shareOrNone),
  ];
}

/** What it means for a plan, in sentences. */
export function describeNoise(noise: MeasuredNoise): readonly string[] {
  const { pairs, pairTime, detectable, best, failure } = noise;
  const subject = subjectOf(noise);
  if (failure) return [`${subject} broke off: ${failure.message}`];
  if (pairs < 2) return [`${subject}: too few pairs (${count(pairs)}); give it more --time-budget.`];
  const seen = detectable.map((one) => `${shareOrNone(one.slowdown)} with ${one.pairs}`).join(', ');
  const first = `${subject}: a pair takes ${(pairTime / 1000).toFixed(1)} s and finds a slowdown of ${seen} pairs (95 times of 100).`;
  if (Number.isNaN(best.sessions) || Number.isNaN(best.blocks)) return [first];
  return [
    first,
    `Most for the time: ${many(best.sessions)} sessions a process, ${many(best.blocks)} blocks a session.`,
  ];
}

function subjectOf({ label, system }: MeasuredNoise): string {
  return `${label} on ${system}`;
}

function shareOrNone(value: number): string {
  return Number.isFinite(value) ? share(value) : '–';
}

function many(value: number): string {
  return Number.isFinite(value) ? count(value) : 'many';
}
