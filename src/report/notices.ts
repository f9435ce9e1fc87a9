// The warnings of a case and of its numbers, each sentence once, with the numbers that it belongs to.

import { externalNotes, metricInfo } from '../metrics/index.js';
import type { CaseResult } from '../result/document.js';
import { brokeOff, describeJoined, describeWarning, joinedCodes, type WarningWords } from './words/index.js';

export interface Notice extends WarningWords {
  readonly code: string;
  /** Titles of the metrics that carry it; empty for the case itself. */
  readonly about: readonly string[];
}

/** In a case that broke off, what the numbers of the part before would need is beside the point: their advice is left out. */
export function listNotices(result: CaseResult): Notice[] {
  const found = new Map<string, { code: string; words: WarningWords; about: string[] }>();
  const add = (code: string, words: WarningWords, titles: readonly string[]) => {
    const entry = found.get(words.text) ?? { code, words, about: [] };
    for (const title of titles) if (!entry.about.includes(title)) entry.about.push(title);
    found.set(words.text, entry);
  };
  for (const warning of result.warnings) add(warning.code, describeWarning(warning), []);
  for (const warning of externalNotes(result)) add(warning.code, describeWarning(warning), []);
  for (const { code, words, titles } of ofMetrics(result))
    add(code, brokeOff(result) ? { ...words, advice: null } : words, titles);
  const notices = [...found.values()].map(({ code, words, about }) => ({ code, about, ...words }));
  return [...notices.filter(isCaution), ...notices.filter((one) => !isCaution(one))];
}

/** Warnings of the numbers; what several regions show of their scatter is one of them. */
function ofMetrics(result: CaseResult): { code: string; words: WarningWords; titles: string[] }[] {
  const raised = Object.entries(result.metrics).flatMap(([id, metric]) =>
    metric.warnings.map(({ code, values }) => ({
      code,
      values: { ...(metric.region === undefined ? {} : { region: metric.region }), ...values },
      title: metricInfo(id)?.title ?? id,
    })),
  );
  const together = joinedCodes
    .map((code) => raised.filter((one) => one.code === code))
    .filter((alike) => alike.length > 0);
  return [
    ...together.map((alike) => ({
      code: alike[0]!.code,
      words: describeJoined(alike),
      titles: alike.map(({ title }) => title),
    })),
    ...raised
      .filter(({ code }) => !joinedCodes.includes(code))
      .map((one) => ({ code: one.code, words: describeWarning(one), titles: [one.title] })),
  ];
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
