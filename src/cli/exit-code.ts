// The exit code of a finished run: what a script learns without reading the document.

import { errorCodes } from '../errors.js';
import type { ResultDocument } from '../result/index.js';

export const measurementFailed = 5;

/** 0 when every case is ok; 2 when one could not even be prepared for what was typed, 5 when a measurement failed. */
export function exitCodeOf(document: ResultDocument): number {
  const failures = document.cases.flatMap((result) =>
    result.status === 'failed' && result.failure ? [result.failure] : [],
  );
  if (failures.length === 0) return 0;
  return failures.every(({ stage, cause }) => stage === 'prepare' && cause in errorCodes)
    ? 2
    : measurementFailed;
}
