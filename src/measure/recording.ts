// The columns of a trajectory on their way to the document. A full disk costs the recording, never the run's other cases.

import { MdbenchError } from '../errors.js';
import type { Column, Failure, PerColumn } from '../result/index.js';
import { storeTrajectory } from '../result/trajectory.js';

interface Place {
  readonly directory: string;
  readonly inlineLimit: number;
  readonly seed: number;
}

export interface StoredRecording {
  readonly columns: PerColumn<Column>;
  /** Steps that the columns hold. */
  readonly steps: number;
  readonly failure: Failure | null;
}

/** Where the whole recording cannot be written, its first steps go into the document, as many as fit there. */
export function storeRecording(
  columns: PerColumn<Float64Array>,
  caseId: string,
  { directory, inlineLimit, seed }: Place,
): StoredRecording {
  const steps = columns.stepTime.length;
  const options = { directory, name: `${caseId}-seed${seed}`, inlineLimit };
  try {
    return { columns: storeTrajectory(columns, options), steps, failure: null };
  } catch (error) {
    if (!(error instanceof MdbenchError)) throw error;
    const { code, message, hint = null } = error;
    const kept = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, column?.subarray(0, inlineLimit)]),
    ) as PerColumn<Float64Array>;
    return {
      columns: storeTrajectory(kept, options),
      steps: Math.min(steps, inlineLimit),
      failure: { stage: 'write', seed, step: steps, cause: code, message, hint },
    };
  }
}
