// Colors of the two arms, and of several force fields in one chart.

import { ink } from './style.js';

export const armInk = { baseline: ink.step, candidate: ink.call } as const;

/** A nominal color encoding of a column that holds the names of arms. */
export const armColor = {
  type: 'nominal' as const,
  scale: { domain: ['baseline', 'candidate'], range: [armInk.baseline, armInk.candidate] },
};

/** For force fields in order: the baseline first. */
export const fieldInk = [ink.step, ink.call, ink.list, ink.fourth, ink.fifth, ink.muted] as const;
