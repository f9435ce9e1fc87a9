// The plain step of a timing pass: means over its steady steps, all trajectories together. ms.

import type { Samples } from '../result/samples.js';
import { quantile, steadyState } from '../stats/index.js';
import type { PlainStep } from './phases.js';
import type { PassRecording } from './recording.js';

/** Null where no step was completed. */
export function plainStepOf(samples: readonly Samples[]): PlainStep | null {
  const parts = samples
    .filter(({ columns }) => columns.stepTime.length > 0)
    .map((sample) => steadyTotals(sample));
  const steps = parts.reduce((sum, part) => sum + part.steps, 0);
  if (steps === 0) return null;
  const mean = (name: keyof PlainStep) => parts.reduce((sum, part) => sum + part[name], 0) / steps;
  return {
    steps,
    whole: mean('whole'),
    forces: mean('forces'),
    neighbors: mean('neighbors'),
    integrate: mean('integrate'),
  };
}

/** ms of each step of a profiling pass. */
export function stepTimes({ marks }: PassRecording): Float64Array {
  return marks.end.map((time, k) => time - marks.begin[k]!);
}

/** Median step of the steady part of one trajectory. */
export function medianStep(stepTime: Float64Array): number {
  return quantile(stepTime.subarray(steadyState(stepTime).from), 0.5);
}

/** The integrator is timed as a total over all steps: its steady part is in proportion to what the steps leave for it. */
function steadyTotals({ columns, trajectory }: Samples): PlainStep {
  const { stepTime, forceCallTime, listTime } = columns;
  const { from } = steadyState(stepTime);
  const rest = stepTime.map((time, k) => time - forceCallTime[k] - listTime[k]);
  const steady = (column: Float64Array) => sumOf(column.subarray(from));
  const fraction = sumOf(rest) > 0 ? Math.min(1, trajectory.integrateTotal / sumOf(rest)) : 0;
  return {
    steps: stepTime.length - from,
    whole: steady(stepTime),
    forces: steady(forceCallTime),
    neighbors: steady(listTime),
    integrate: fraction * steady(rest),
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
