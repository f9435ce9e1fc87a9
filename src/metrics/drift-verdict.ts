// Judges the interval of a drift, never its value alone. Bands in meV/atom/ps: 0.05 is GROMACS' default buffer
// tolerance (0.005 kJ/mol/ps a particle).

import type { Verdict } from '../result/document.js';
import type { Interval } from '../stats/index.js';

const passLimit = 0.05;
const failLimit = 1;

/**
 * `pass`: all of the interval is within ±0.05. `fail`: all of it is beyond 1 on one side. `warn`: all of it is
 * beyond 0.05 on one side and none beyond 1. Anything else is `inconclusive`; so is a pass of a failed run.
 * @param steps of each trajectory
 */
export function driftVerdict(drift: Interval, steps: number, failed: boolean): Verdict {
  const state = stateOf(drift, failed);
  const moreSteps = state === 'inconclusive' && !failed ? missingSteps(drift, steps) : null;
  return { state, pass: passLimit, fail: failLimit, moreSteps };
}

function stateOf(drift: Interval, failed: boolean): Verdict['state'] {
  const largest = Math.max(Math.abs(drift.low), Math.abs(drift.high));
  const smallest = drift.low * drift.high <= 0 ? 0 : Math.min(Math.abs(drift.low), Math.abs(drift.high));
  if (largest <= passLimit) return failed ? 'inconclusive' : 'pass';
  if (smallest > failLimit) return 'fail';
  if (smallest > passLimit && largest <= failLimit) return 'warn';
  return 'inconclusive';
}

/**
 * Steps that each trajectory still needs: the half width falls as T^(−3/2) until it is smaller than the distance of
 * the drift from the nearest limit. Rounded up to two digits; null where that is more than a thousand times as long.
 */
function missingSteps(drift: Interval, steps: number): number | null {
  const size = Math.abs(drift.value);
  const room = Math.min(
    Math.abs(size - passLimit),
    size > passLimit ? Math.abs(size - failLimit) : passLimit,
  );
  const half = Math.max(drift.high - drift.value, drift.value - drift.low);
  const factor = (half / room) ** (2 / 3);
  if (!Number.isFinite(factor) || factor > 1000) return null;
  return roundedUp(Math.max(steps * (factor - 1), 1));
}

function roundedUp(value: number): number {
  const unit = 10 ** Math.max(Math.floor(Math.log10(value)) - 1, 0);
  return Math.ceil(value / unit) * unit;
}
