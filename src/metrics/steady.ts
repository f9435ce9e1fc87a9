// The steady part of the recorded times, and what has to be said about the rest.

import type { ColumnName } from '../result/column-names.js';
import type { Warning } from '../result/document.js';
import type { Samples } from '../result/samples.js';
import { type SteadyState, steadyState } from '../stats/index.js';
import { type MetricContext, warning } from './metric.js';

/** From where on each trajectory is steady, by its whole-step times. */
export function steadyStates(samples: readonly Samples[]): SteadyState[] {
  return samples.map(({ columns }) => steadyState(columns.stepTime));
}

/** The steady part of one column, a series for each trajectory that has any step. */
export function steadyParts(
  samples: readonly Samples[],
  column: ColumnName,
  context: MetricContext,
): Float64Array[] {
  return samples
    .map(({ columns }, k) => columns[column].subarray(context.steady[k].from))
    .filter((part) => part.length > 0);
}

export function steadyWarnings(samples: readonly Samples[], context: MetricContext): Warning[] {
  const of = samples.length;
  const count = (wanted: string) => context.steady.filter((state) => state.class === wanted).length;
  const steps = context.steady.reduce((sum, state) => sum + state.from, 0);
  const total = samples.reduce((sum, { columns }) => sum + columns.stepTime.length, 0);
  return [
    ...(steps > 0 ? [warning('warm-up-excluded', { steps, of: total })] : []),
    ...(count('slowdown') > 0 ? [warning('slowdown', { trajectories: count('slowdown'), of })] : []),
    ...(count('no-steady-state') > 0
      ? [warning('no-steady-state', { trajectories: count('no-steady-state'), of })]
      : []),
  ];
}
