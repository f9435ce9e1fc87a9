// Gates as JUnit XML: one test case a gate.

import type { ResultDocument } from '../../result/document.js';

/** @param document one that has `check`; a suite without test cases otherwise */
export function toJunit(document: ResultDocument): string {
  return document.check?.verdict ?? '';
}
