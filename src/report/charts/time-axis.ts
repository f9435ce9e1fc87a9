// The axis that energy and temperature share: simulated time in ps.

import type { Samples } from '../../result/samples.js';
import type { CaseView } from '../input.js';
import { grouped } from './style.js';

/** ps at the end of measured step k + 1, for index k. */
export function picoseconds(view: CaseView, index: number): number {
  return Number((((index + 1) * view.result.dynamics.timestep) / 1000).toPrecision(7));
}

/** Bins that each of several trajectories gets, so that all of them together stay as fine as one. */
export function sharedBins(samples: readonly Samples[], bins: number): number {
  return Math.max(40, Math.floor(bins / Math.min(samples.length, 8)));
}

export const timeEncoding = {
  field: 'ps',
  type: 'quantitative',
  title: 'ps',
  scale: { nice: false, domainMin: 0 },
  axis: { tickCount: 8, ...grouped },
} as const;
