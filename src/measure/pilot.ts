// The pilot of a campaign: one worker an arm, long enough to know what a pair will cost and how much a block varies.

import type { ArmName, MachineState, Workload } from '../result/index.js';
import type { CampaignArm, PairedOptions } from './campaign-arm.js';

/** Times in ms. */
export interface Pilot {
  /** Steps of one segment of the default length. */
  readonly steps: Readonly<Record<ArmName, number>>;
  readonly stepTimes: Readonly<Record<ArmName, number>>;
  /** From the start of a pair to its first segment, both arms, and its end. */
  readonly startTime: number;
  /** Two fresh sessions with their dropped segments. */
  readonly sessionTime: number;
  /** One block of four default segments, with all that lies between them. */
  readonly blockTime: number;
  /** Standard deviation of block effects within the pilot's processes; 0 when steps are too long to tell. */
  readonly spread: number;
  readonly workloads: Readonly<Record<ArmName, Workload>>;
  /** Ids that both arms measure. */
  readonly metrics: readonly string[];
  readonly machine: MachineState;
  /** What the pilot itself took. */
  readonly elapsed: number;
}

/** @throws MdbenchError with the worker's own code for misuse, `measurement-failed` when a worker dies, `aborted` */
export function pilotCampaign(
  _arms: Readonly<Record<ArmName, CampaignArm>>,
  _options: PairedOptions,
): Promise<Pilot> {
  throw new Error('not yet');
}
