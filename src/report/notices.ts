// The warnings of a case and of its numbers, each sentence once, with the numbers that it belongs to.

import { metricInfo } from '../metrics/index.js';
import type { CaseResult, Warning } from '../result/document.js';
import { describeWarning, type WarningWords } from './words/index.js';

export interface Notice extends WarningWords {
  readonly code: string;
  /** Titles of the metrics that carry it; empty for the case itself. */
  readonly about: readonly string[];
}

export function listNotices(result: CaseResult): Notice[] {
  const found = new Map<string, { code: string; words: WarningWords; about: string[] }>();
  const add = (warning: Warning, title: string | null) => {
    const words = describeWarning(warning);
    const entry = found.get(words.text) ?? { code: warning.code, words, about: [] };
    if (title !== null && !entry.about.includes(title)) entry.about.push(title);
    found.set(words.text, entry);
  };
  for (const warning of result.warnings) add(warning, null);
  for (const [id, metric] of Object.entries(result.metrics)) {
    for (const warning of metric.warnings) add(warning, metricInfo(id)?.title ?? id);
  }
  const notices = [...found.values()].map(({ code, words, about }) => ({ code, about, ...words }));
  return [...notices.filter(isCaution), ...notices.filter((one) => !isCaution(one))];
}

/** Titles in a line; of many only the first, for the table of numbers names them all. */
export function describeAbout({ about }: Notice): string {
  return about.length <= 4
    ? about.join(' · ')
    : `${about.slice(0, 2).join(' · ')} and ${about.length - 2} more`;
}

function isCaution({ level }: Notice): boolean {
  return level === 'caution';
}
