// A check as GitHub-flavored Markdown for a step summary, at most 900 kB whatever was checked.

import type { ResultDocument } from '../../result/document.js';

/** @param document one that has `check`; empty text without */
export function renderCheckMarkdown(document: ResultDocument): string {
  return document.check?.verdict ?? '';
}
