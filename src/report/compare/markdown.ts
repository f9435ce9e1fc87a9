// Comparisons as Markdown: the quotable line, the table of the terminal, the findings.

import type { ReportInput } from '../input.js';
import { escapeText, markdownTable } from '../markdown-text.js';
import {
  armName,
  comparedTitle,
  describeComparison,
  describeFindings,
  describeMissingCampaign,
  describeMissingExamination,
  describeSizes,
  describeWarning,
  tableHeads,
  toneMark,
} from '../words/index.js';
import { externalSentences } from './external.js';
import { comparisonRows } from './rows.js';
import { type ComparisonView, listComparisons } from './view.js';

export function comparisonMarkdown(inputs: readonly ReportInput[]): string[] {
  const views = listComparisons(inputs);
  return [
    ...views.flatMap((view) => blocksOf(view)),
    ...inputs.map(({ document: { comparison } }) => {
      const [first] = comparison?.comparisons ?? [];
      return comparison && first ? list(describeSizes(comparison, first.baseline).map(escapeText)) : '';
    }),
  ];
}

function blocksOf(view: ComparisonView): string[] {
  const missing = [describeMissingCampaign(view), describeMissingExamination(view)].filter(
    (one) => one !== null,
  );
  const notes = [
    ...missing.map(({ text, advice }) => `✗ ${escapeText(advice ? `${text} ${advice}` : text)}`),
    ...view.comparison.warnings
      .map(describeWarning)
      .map(({ text, advice }) => `! ${escapeText(advice ? `${text} ${advice}` : text)}`),
    ...externalSentences(view).map((text) => `· ${escapeText(text)}`),
    ...describeFindings(view).map(
      ({ subject, tone, short, text }) =>
        `${toneMark[tone]} **${escapeText(subject)}, ${escapeText(short)}.** ${escapeText(text)}`,
    ),
  ];
  const rows = comparisonRows(view);
  return [
    `## ${escapeText(comparedTitle(view.comparison))}`,
    `**${escapeText(describeComparison(view))}**`,
    rows.length === 0
      ? ''
      : markdownTable(
          ['', armName(view, 'baseline'), armName(view, 'candidate'), tableHeads.gain],
          rows.map(({ title, baseline, candidate, gain }) => [title, baseline, candidate, gain]),
          [1, 2],
        ),
    list(notes),
  ];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
