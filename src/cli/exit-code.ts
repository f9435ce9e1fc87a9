// The exit code of a finished run: what a script learns without reading the document.

import { errorCodes } from '../errors.js';
import type { ResultDocument } from '../result/index.js';

const measurementFailed = 5;

/** 0 when every case is ok; 2 when a case was misused, 5 when a measurement failed (crash, NaN, explosion). */
export function exitCodeOf(document: ResultDocument): number {
  const causes = document.cases
    .filter((result) => result.status === 'failed')
    .map((result) => result.failure?.cause ?? '');
  if (causes.length === 0) return 0;
  return causes.some((cause) => !(cause in errorCodes)) ? measurementFailed : 2;
}
