// What became of a document and of its cases, in words; five states, never folded into one another.

import type { CaseResult, ResultDocument } from '../../result/document.js';

export type CaseStatus = CaseResult['status'];

/** One word for a chip or a table cell. */
export const statusWord: Record<CaseStatus, string> = {
  ok: 'completed',
  failed: 'failed',
  skipped: 'skipped',
  inconclusive: 'inconclusive',
  aborted: 'aborted',
  pending: 'not run',
};

/** A character that tells states apart without color. */
export const statusMark: Record<CaseStatus, string> = {
  ok: '✓',
  failed: '✗',
  skipped: '–',
  inconclusive: '?',
  aborted: '■',
  pending: '…',
};

/** `3 completed, 1 failed, 2 not run`: every state that occurs, by name. */
export function describeStatuses(cases: readonly CaseResult[]): string {
  if (cases.length === 0) return 'no case';
  const order = Object.keys(statusWord) as CaseStatus[];
  return order
    .map((status) => ({ status, n: cases.filter((one) => one.status === status).length }))
    .filter(({ n }) => n > 0)
    .map(({ status, n }) => `${n} ${statusWord[status]}`)
    .join(', ');
}

/** Whether its numbers are those of a part of the run that was asked for. */
export function brokeOff({ status }: Pick<CaseResult, 'status'>): boolean {
  return status === 'failed' || status === 'aborted';
}

/** The banner of a document that is not complete; null where nothing is missing. */
export function describeIncomplete(document: ResultDocument): string | null {
  const counts = document.cases.length === 0 ? '' : ` (${describeStatuses(document.cases)})`;
  if (document.status === 'aborted') {
    return `This run was aborted before it was finished${counts}. What was measured until then is shown; compare nothing with it.`;
  }
  if (document.status === 'running') {
    return `This run was not finished when its document was written${counts}. Render the report again when it is.`;
  }
  return null;
}
