// Where the steady state of a recording begins: the same answer as the metrics of its times.

import type { Samples } from '../../result/samples.js';
import { steadyState } from '../../stats/index.js';

/** Number of steps before the steady state; 0 where there is none or nothing precedes it. */
export function steadyStart(samples: Samples): number {
  return steadyState(samples.columns.stepTime).from;
}
