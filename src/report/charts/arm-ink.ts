// Colors of the two arms, and of several force fields in one chart.

import { ink } from './style.js';

export const armInk = { baseline: ink.step, candidate: ink.call } as const;

/** What the baseline and the candidate are called. */
export type Roles = readonly [baseline: string, candidate: string];

/** A nominal color encoding of a column that holds the labels of the arms. */
export function armColor(field: string, labels: readonly string[]) {
  return {
    field,
    type: 'nominal' as const,
    scale: { domain: [...labels], range: [armInk.baseline, armInk.candidate] },
  };
}

/** For force fields in order: the baseline first. */
export const fieldInk = [ink.step, ink.call, ink.list, ink.fourth, ink.fifth, ink.muted] as const;
