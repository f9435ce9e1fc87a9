// What the paired campaigns are asked: two arms, how to watch and to stop them, what they tell on the way.

import type { ArmName } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';

/** One side of a campaign: exactly one of `spec` (a worker of ours) and `command` (a worker of the user's own). */
export interface CampaignArm {
  readonly label: string;
  readonly spec: CaseSpec | null;
  /** One string is a command line and goes through the shell; more are a program and its arguments. */
  readonly command: readonly string[] | null;
  /** Share of its work that a worker of ours repeats on purpose: 0.05 makes it 5 % slower. */
  readonly handicap?: number;
}

export interface PairedOptions {
  readonly signal?: AbortSignal | undefined;
  /** ms that a worker may take for one answer before it is ended; ten minutes unless told. */
  readonly patience?: number | undefined;
  /** ms for a pilot, which has at least ten seconds for each answer; as long as `patience` says unless told. */
  readonly pilotTime?: number | undefined;
  readonly onProgress?: ((progress: PairProgress) => void) | undefined;
}

export interface PairProgress {
  readonly campaign: string;
  readonly stage: 'pilot' | 'start' | 'segments';
  /** From 0, and how many are planned at most. */
  readonly pair: number;
  readonly pairs: number;
  /** From 0, within the pair. */
  readonly block: number;
  readonly blocks: number;
  /** ms since the campaign began (the pilot counts), and what it was expected to take. */
  readonly elapsed: number;
  readonly expected: number;
  /** Mean change of the candidate against the baseline so far, as a share; null before the first pair. */
  readonly change: number | null;
  /** Smallest slowdown that the whole plan can see, as a share. */
  readonly detectable: number | null;
  /** ms since this process began. */
  readonly clock: number;
}

export function byArm<T>(value: (arm: ArmName) => T): Record<ArmName, T> {
  return { baseline: value('baseline'), candidate: value('candidate') };
}

/** Of the velocities of the first pair: the case's, or 1 for a command. */
export function firstSeed(arm: CampaignArm): number {
  return arm.spec?.dynamics.seed ?? 1;
}
