// The numbers of the candidate for services that draw them over commits: github-action-benchmark and Bencher.

import type { ResultDocument } from '../../result/document.js';

/** JSON text for `tool: customSmallerIsBetter` of github-action-benchmark. */
export function toGithubActionBenchmark(document: ResultDocument): string {
  return JSON.stringify(document.cases.map(({ id }) => id));
}

/** JSON text in Bencher Metric Format. */
export function toBencher(document: ResultDocument): string {
  return JSON.stringify(document.cases.map(({ id }) => id));
}
