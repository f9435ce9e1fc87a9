// A check in a terminal: one verdict line, the gates, what to do next.

import type { ResultDocument } from '../../result/document.js';

export interface CheckTerminalOptions {
  /** Columns of the terminal; 80 unless told, at least 40. */
  readonly width?: number;
  readonly color?: boolean;
  /** Files that were written, in the order to name them. */
  readonly files?: Readonly<Record<string, string>>;
}

/** @param document one that has `check`; empty text without */
export function renderCheckTerminal(document: ResultDocument, _options: CheckTerminalOptions = {}): string {
  return document.check?.verdict ?? '';
}
