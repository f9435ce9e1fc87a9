// Whether a candidate is slower than tolerated, from the effects of process pairs: log(candidate time / baseline time).
// Student's t one-sided at every look; over metrics Holm, Scand. J. Stat. 6, 65 (1979).

import tProbabilityBelow from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean, standardDeviation } from './moments.js';

/** Shares: 0.03 tolerates 3 %; alpha is the one-sided error of one look. */
export interface DecisionRule {
  readonly tolerance: number;
  readonly alpha: number;
}

export interface Decision {
  readonly state: 'fail' | 'pass' | 'open';
  /** Mean effect; NaN of none, or where one is not finite. */
  readonly estimate: number;
  /** One-sided bound at 1 − alpha, and at 99 %; infinite of fewer than two effects. */
  readonly low: number;
  readonly high: number;
  /** Of "no slowdown", one-sided; 1 where nothing can be said. */
  readonly p: number;
  /** The error that it was decided by. */
  readonly alpha: number;
}

const levelOfPass = 0.99;

/**
 * Fail: the lower bound is above zero and the estimate above half the tolerance, so that a slowdown of the whole
 * tolerance is caught. Else pass: the upper bound is below the tolerance. Else open: fewer than two effects, one that
 * is not finite, or too wide an interval. Effects that are all equal are decided by their value.
 */
export function decide(effects: readonly number[], rule: DecisionRule): Decision {
  const n = effects.length;
  const estimate = mean(effects);
  if (n < 2 || !effects.every(Number.isFinite)) {
    return {
      state: 'open',
      estimate: Number.isFinite(estimate) ? estimate : Number.NaN,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      p: 1,
      alpha: rule.alpha,
    };
  }
  const error = standardDeviation(effects) / Math.sqrt(n);
  const low = estimate - tQuantile(1 - rule.alpha, n - 1) * error;
  const high = estimate + tQuantile(levelOfPass, n - 1) * error;
  const tolerated = Math.log1p(rule.tolerance);
  const state = low > 0 && estimate > tolerated / 2 ? 'fail' : high < tolerated ? 'pass' : 'open';
  return { state, estimate, low, high, p: probabilityAbove(estimate, error, n - 1), alpha: rule.alpha };
}

/**
 * One decision a metric, with the chance that any of them fails wrongly kept at alpha by Holm's step-down: the
 * smallest p needs alpha/m, the next alpha/(m − 1), and from the first that misses it on none fails. Each tells its own.
 * @param effects one list of pair effects a metric
 * @param rules one a metric
 */
export function decideAll(
  effects: readonly (readonly number[])[],
  rules: readonly DecisionRule[],
): Decision[] {
  const alone = effects.map((values, k) => decide(values, rules[k]));
  const ease = alone.map(({ p }, k) => p / rules[k].alpha);
  const order = [...ease.keys()].sort((a, b) => ease[a] - ease[b]);
  const decisions: Decision[] = [];
  let left = effects.length;
  for (const k of order) {
    decisions[k] = decide(effects[k], { ...rules[k], alpha: rules[k].alpha / left });
    if (ease[k] <= 1 / left) left--;
  }
  return decisions;
}

/** Zero error: the limit of a small one. */
function probabilityAbove(estimate: number, error: number, degrees: number): number {
  if (error === 0) return estimate > 0 ? 0 : 1;
  return tProbabilityBelow(-estimate / error, degrees);
}
