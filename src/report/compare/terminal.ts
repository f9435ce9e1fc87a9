// Comparisons in a terminal: one table each, what it rests on, and the line that can be quoted.

import type { ResultDocument } from '../../result/document.js';
import type { ReportInput } from '../input.js';
import { firstFitting, type Layout, plain, type Shade, shade, table, wrap } from '../terminal/layout.js';
import {
  armName,
  comparedTitle,
  describeAmdahl,
  describeComparison,
  describeMissingCampaign,
  describeMissingExamination,
  describeSizes,
  describeWarning,
  notThereby,
  tableHeads,
} from '../words/index.js';
import { externalSentences } from './external.js';
import { type ComparisonRow, comparisonRows } from './rows.js';
import { type ComparisonView, listComparisons, observablesOf } from './view.js';

/** Blocks of lines, to be set apart by empty ones; none of a document without comparisons. */
export function comparisonBlocks(input: ReportInput, layout: Layout): string[][] {
  const views = listComparisons([input]);
  return [...views.flatMap((view) => blocksOf(view, layout)), sizeLines(input.document, layout)];
}

function blocksOf(view: ComparisonView, layout: Layout): string[][] {
  const { width } = layout;
  const missing = [describeMissingCampaign(view), describeMissingExamination(view)].filter(
    (one) => one !== null,
  );
  const amdahl = describeAmdahl(view);
  return [
    [
      ...wrap(comparedTitle(view.comparison), '', width).map((line) => shade(line, 'bold', layout)),
      ...tableLines(view, layout),
    ],
    [
      ...missing.flatMap(({ text, advice }) => wrap(advice ? `${text} ${advice}` : text, '✗ ', width)),
      ...view.comparison.warnings
        .map(describeWarning)
        .flatMap(({ text, advice }) => wrap(advice ? `${text} ${advice}` : text, '! ', width)),
      ...externalSentences(view).flatMap((text) => wrap(text, '· ', width)),
      ...(amdahl ? wrap(amdahl, '· ', width) : []),
      ...(observablesOf(view, 'candidate') ? wrap(notThereby(view), '· ', width) : []),
    ],
    wrap(describeComparison(view), '', width).map((line) => shade(line, quoteShade(view), layout)),
  ];
}

function tableLines(view: ComparisonView, { width }: Layout): readonly string[] {
  const rows = comparisonRows(view);
  if (rows.length === 0) return [];
  const head = ['', armName(view, 'baseline'), armName(view, 'candidate'), tableHeads.gain];
  const kept: ((row: ComparisonRow) => string[])[] = [
    (row) => [row.title, row.baseline, row.candidate, row.gain],
    (row) => [row.title, row.baseline, row.candidate, row.gain.replace(/ \(.*/, '')],
    (row) => [row.title, row.baseline, row.candidate],
  ];
  const tables = kept.map((cells) =>
    table([head.slice(0, cells(rows[0]!).length), ...rows.map((row) => cells(row).map(plain))], [1, 2]),
  );
  return (
    firstFitting(tables, width) ??
    rows.flatMap((row) => wrap(`${row.title}: ${row.baseline}, ${row.candidate} (${row.gain})`, '  ', width))
  );
}

function sizeLines({ comparison }: ResultDocument, { width }: Layout): string[] {
  const [first] = comparison?.comparisons ?? [];
  if (!comparison || !first) return [];
  return describeSizes(comparison, first.baseline).flatMap((text) => wrap(text, '', width));
}

function quoteShade({ comparison }: ComparisonView): Shade {
  return comparison.ratios.length > 0 ? 'green' : 'yellow';
}
