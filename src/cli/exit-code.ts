// The exit code of a finished flow: what a script learns without reading the document.

import { errorCodes } from '../errors.js';
import type { CheckResult, ResultDocument } from '../result/index.js';

export const measurementFailed = 5;
const gateFailed = 1;
const undecided = 3;

/**
 * Of a check its verdict. Else 0 when everything was measured; 2 when a case could not even be prepared for what was
 * typed, 5 when a measurement failed.
 */
export function exitCodeOf(document: ResultDocument): number {
  if (document.check) return codeOfCheck(document.check);
  const failures = document.cases.flatMap((result) =>
    result.status === 'failed' && result.failure ? [result.failure] : [],
  );
  const broken = [
    ...(document.campaigns ?? []),
    ...(document.examinations ?? []),
    ...(document.profiles ?? []),
  ];
  if (broken.some(({ failure }) => failure !== null) || isUntimed(document)) return measurementFailed;
  if (failures.length === 0) return 0;
  return failures.every(({ stage, cause }) => stage === 'prepare' && cause in errorCodes)
    ? 2
    : measurementFailed;
}

/** A comparison that came to its end without a pair, in time that was too short for one. */
function isUntimed({ comparison, campaigns = [] }: ResultDocument): boolean {
  return !!comparison && campaigns.some(({ status, pairs }) => status === 'complete' && pairs.length === 0);
}

/** What is only indicative fails nothing, but a measurement that broke is no measurement. */
function codeOfCheck({ verdict, onInconclusive, indicative }: CheckResult): number {
  if (verdict === 'error') return measurementFailed;
  if (indicative || verdict === 'pass') return 0;
  if (verdict === 'fail') return gateFailed;
  return onInconclusive === 'fail' ? undecided : 0;
}
