// `maxRegression` against a stored baseline: the whole interval decides, and never more than as a warning.

import type { GateResult } from '../result/judgement.js';
import type { Gate } from '../spec/index.js';
import type { GateMetric } from './gate-metric.js';
import { reason } from './gate-reasons.js';
import type { StoredComparison } from './stored.js';

export function judgeStored(
  gate: Gate,
  { path, metric }: GateMetric,
  stored: StoredComparison,
): Pick<GateResult, 'state' | 'estimate' | 'reason'> {
  const found = stored.metrics.find((one) => one.metric === metric);
  if (!found || path !== storedPath(stored, metric)) {
    return { state: 'error', estimate: null, reason: reason('no-baseline-value') };
  }
  const { change, runs } = found;
  const values = { stored: runs.baseline, runs: runs.candidate };
  return {
    state: stateOf(gate, found.change, stored.enough),
    estimate: change,
    reason: reason('indicative', values),
  };
}

export function storedPath({ candidate, system }: StoredComparison, metric: string): string {
  return `${candidate}/${system}/${metric}`;
}

/** Failed: slower for certain, and by more than half of the tolerance; passed: surely within it. */
function stateOf(
  { limit }: Gate,
  { value, low, high }: NonNullable<GateResult['estimate']>,
  enough: boolean,
): GateResult['state'] {
  if (!enough || low === null || high === null) return 'inconclusive';
  if (low > 0 && value > limit / 2) return 'failed';
  return high < limit ? 'passed' : 'inconclusive';
}
