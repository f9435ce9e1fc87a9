// A trace together with what its sums are divided by: the steps that it shows, or those that the run is known to have had.

import type { CudaProcess } from '../../result/cuda-profile.js';
import type { Row } from './tables.js';
import type { ReadTrace } from './trace-reader.js';

export interface SteppedTrace {
  readonly trace: ReadTrace;
  readonly attribution: CudaProcess['attribution'];
  /** 0 where nothing is known of steps. */
  readonly steps: number;
}

/**
 * @param runSteps steps of the run, where known; those that are marked but in which nothing was launched stand in for them.
 * Steps that are force calls are known whatever was launched in them.
 */
export function stepsOf(trace: ReadTrace, runSteps: number | null): SteppedTrace {
  const { method, counts } = trace;
  const nothing = counts.inSteps + counts.outside === 0;
  if (method !== null && (method === 'force-call' || counts.inSteps > 0 || nothing)) {
    return { trace, attribution: method, steps: trace.steps };
  }
  const steps = runSteps ?? trace.steps;
  return steps > 0 && !nothing
    ? { trace, attribution: 'average', steps }
    : { trace, attribution: 'none', steps: 0 };
}

/** Instances and ns of a row per step. */
export function perStep({ attribution, steps }: SteppedTrace, row: Row): { instances: number; time: number } {
  if (steps === 0) return { instances: 0, time: 0 };
  return attribution === 'average'
    ? { instances: row.durations.count / steps, time: row.durations.total / steps }
    : { instances: row.inSteps / steps, time: row.timeInSteps / steps };
}
