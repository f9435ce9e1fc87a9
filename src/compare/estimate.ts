// Intervals as the document keeps them: a bound that is not finite is no bound.

import type { Estimate } from '../result/judgement.js';
import type { Interval } from '../stats/index.js';

export function estimateOf({ value, low, high }: Interval, unit: string, n: number): Estimate {
  const bounded = Number.isFinite(low) && Number.isFinite(high);
  return { value, low: bounded ? low : null, high: bounded ? high : null, unit, n };
}
