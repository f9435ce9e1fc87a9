// One arm alone, in fresh processes: what a stored baseline is made of.

import type { WorkerRecord, Workload } from '../result/index.js';
import type { CampaignArm, PairedOptions } from './campaign-arm.js';

export interface SoloRun {
  /** Of the velocities. */
  readonly seed: number;
  /** Medians over the segments of the run, by metric id. */
  readonly metrics: Readonly<Record<string, number>>;
  /** ms, median of the control workload during the run. */
  readonly control: number;
  readonly worker: WorkerRecord;
  readonly workload: Workload;
}

/** @throws MdbenchError with the worker's own code for misuse, `measurement-failed` when a worker dies, `aborted` */
export function measureSolo(_arm: CampaignArm, _runs: number, _options: PairedOptions): Promise<SoloRun[]> {
  throw new Error('not yet');
}
