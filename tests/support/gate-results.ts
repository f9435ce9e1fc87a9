// Gates as compare/ leaves them, and documents of a check that holds them.

import type { ResultDocument } from '../../src/result/document.js';
import type { CheckResult, GateResult } from '../../src/result/judgement.js';
import { syntheticDocument } from './synthetic-case.js';

/** A speed gate that failed, unless told. */
export function gateResult(change: Partial<GateResult> = {}): GateResult {
  return {
    pattern: 'candidate/step-time-p50',
    severity: 'error',
    metric: 'silicon-student/si64/step-time-p50',
    rule: 'maxRegression',
    limit: 0.03,
    state: 'failed',
    estimate: { value: 0.0512, low: 0.0417, high: 0.0608, unit: 'share', n: 8 },
    detectable: 0.0215,
    reason: { code: 'regression-seen', values: { pairs: 8 } },
    ...change,
  };
}

/** A gate on a number with its interval. */
export function boundGate(change: Partial<GateResult> = {}): GateResult {
  return gateResult({
    pattern: '*/energy-drift',
    metric: 'silicon-student/si64/energy-drift',
    rule: 'max',
    limit: 0.05,
    state: 'passed',
    estimate: { value: 0.0031, low: 0, high: 0.0112, unit: 'meV/atom/ps', n: 8 },
    detectable: null,
    reason: { code: 'inside', values: { low: 0, high: 0.0112 } },
    ...change,
  });
}

/** One gate of every state. */
export const oneOfEach: readonly GateResult[] = [
  boundGate(),
  gateResult(),
  gateResult({
    metric: 'silicon-student/si64/force-call-p50',
    state: 'inconclusive',
    estimate: { value: 0.012, low: -0.009, high: 0.034, unit: 'share', n: 8 },
    detectable: 0.043,
    reason: { code: 'undecided', values: { pairs: 8 } },
  }),
  boundGate({
    pattern: '*/rss-slope',
    severity: 'warn',
    metric: 'silicon-student/si64/rss-slope',
    limit: 128,
    state: 'failed',
    estimate: { value: 4096, low: 3950, high: 4250, unit: 'bytes/step', n: 8 },
    reason: { code: 'outside', values: { low: 3950, high: 4250 } },
  }),
  boundGate({
    metric: 'silicon-student/si512/energy-drift',
    state: 'error',
    estimate: null,
    reason: {
      code: 'case-failed',
      values: { cause: 'nan-energy', message: 'The energy of step 413 is NaN.' },
    },
  }),
  boundGate({
    metric: 'silicon-student/si1000/energy-drift',
    state: 'skipped',
    estimate: null,
    reason: { code: 'case-skipped', values: { cause: null, message: null } },
  }),
];

export function checkDocument(
  gates: readonly GateResult[],
  change: Partial<CheckResult> = {},
  document: Partial<ResultDocument> = {},
): ResultDocument {
  return {
    ...syntheticDocument(),
    check: {
      mode: 'rerun',
      baseline: 'silicon-student-v1',
      candidate: 'silicon-student',
      verdict: 'fail',
      indicative: false,
      onInconclusive: 'warn',
      gates: [...gates],
      warnings: [],
      ...change,
    },
    ...document,
  };
}
