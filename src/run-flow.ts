// What compare and check share beside the pairs: their options, and frames that both force fields label.

import type { AwaitedClient } from './forcefield/index.js';
import { examine, type PairProgress } from './measure/index.js';
import type { ResultDocument } from './result/index.js';
import { type CaseStage, keepDocument } from './run-cases.js';
import { type Axis, type Contest, labelsOf } from './run-subjects.js';
import type { PlanOptions } from './spec/index.js';

/** What a flow is doing where it has nothing to count. */
export interface FlowStage {
  readonly stage:
    | 'prepare'
    | 'physics'
    | 'examine'
    | 'runs'
    | 'report'
    | 'profiled'
    | 'again'
    | 'operators'
    | 'cuda'
    | 'program'
    | 'traced';
  /** The system, where there is one. */
  readonly id: string | null;
}

export interface FlowOptions {
  /** Systems by name, or structure files; what suits the baseline by default. */
  readonly systems?: PlanOptions['systems'] | undefined;
  /** Steps, timestep, temperature, seeds …; every field has a default. */
  readonly dynamics?: PlanOptions['dynamics'];
  /** The one thing that may differ beside the force field, and the values of the arms where they are to be set. */
  readonly axis?: Axis | undefined;
  /** Folder for result.json, report.html and report.md; made if missing. */
  readonly out?: string | undefined;
  /** Aborting ends after the current step; what was measured is written, marked aborted. */
  readonly signal?: AbortSignal | undefined;
  /** ms without a sign of life after which a worker process is given up; ten minutes by default. */
  readonly patience?: number | undefined;
  /** What is recorded as the command: `mdbench` and its arguments. */
  readonly command?: readonly string[] | undefined;
  readonly onStage?: ((stage: FlowStage) => void) | undefined;
  /** Told of each client that somebody has to start now: the force field `ipi:unix:NAME` or `ipi:HOST:PORT`. */
  readonly onAwaited?: ((awaited: AwaitedClient) => void) | undefined;
  readonly onPairs?: ((progress: PairProgress) => void) | undefined;
  readonly onProgress?: CaseStage['onProgress'];
  readonly onCase?: CaseStage['onCase'];
}

/** Frames of both trajectories under both force fields, one contest after another; a failure is in the record. */
export async function examineContests(
  document: ResultDocument,
  contests: readonly Contest[],
  frames: number,
  options: Pick<CaseStage, 'directory' | 'signal' | 'patience'>,
  onStage: FlowOptions['onStage'],
): Promise<void> {
  document.examinations = [];
  for (const { id, arms } of contests) {
    const [baseline, candidate] = [arms.baseline.spec, arms.candidate.spec];
    if (!baseline || !candidate || options.signal?.aborted) continue;
    onStage?.({ stage: 'examine', id });
    const { directory, signal, patience } = options;
    const asked = { frames, directory };
    const examination = await examine({ id, baseline, candidate }, asked, { directory, signal, patience });
    document.examinations.push({
      ...examination,
      ...labelsOf(arms),
    });
    keepDocument(document, options.directory);
  }
}
