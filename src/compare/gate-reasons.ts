// Why a gate has its state: codes that report/ turns into sentences, with the values that go into them.

import type { GateResult } from '../result/judgement.js';

/** Every reason that is given, with its values: shares as shares, bounds in the metric's unit. */
export const gateReasons = [
  /** maxRegression in pairs: { pairs } */
  'no-regression',
  'regression-seen',
  'undecided',
  /** Fewer pairs than the first look has: { pairs, needed } */
  'few-pairs',
  /** { share, limit } of the workers; { shift, spread, runs } of the control times in %; { pairs } */
  'unsteady',
  'contaminated',
  'aborted',
  /** What broke: { cause, message }, null where it is not known */
  'campaign-failed',
  'case-failed',
  'examination-failed',
  'case-skipped',
  /** max, min, and maxRegression of what is not measured in pairs: { low, high } or { value } */
  'inside',
  'outside',
  'straddles',
  /** Outside by intervals within single runs, which do not hold what changes from process to process: { low, high } */
  'within-run-only',
  /** { value } */
  'no-interval',
  /** { cause }: the code of the metric's own warning, or null */
  'no-value',
  'no-baseline-value',
  /** Against a stored baseline: { stored, runs } */
  'indicative',
  /** maxRegression of what has no better side. */
  'no-direction',
] as const;

export type GateReason = (typeof gateReasons)[number];

export function reason(code: GateReason, values: GateResult['reason']['values'] = {}): GateResult['reason'] {
  return { code, values };
}
