// The result in a terminal: status first, numbers with intervals, verdicts, warnings, and where the files are.

import { externalNotes } from '../../metrics/index.js';
import type { CaseResult } from '../../result/document.js';
import { comparisonBlocks } from '../compare/terminal.js';
import { allMetrics, headline, type MetricRow } from '../headline.js';
import { leads, type ReportInput } from '../input.js';
import { listNotices } from '../notices.js';
import { profileBlocks } from '../profile/terminal.js';
import {
  type CaseStatus,
  describeCase,
  describeFailure,
  describeIncomplete,
  describeMachine,
  describeNotes,
  describeRun,
  describeStatuses,
  describeVerdicts,
  describeWarning,
  statusMark,
  statusWord,
  toneMark,
  type WarningWords,
} from '../words/index.js';
import {
  columns,
  firstFitting,
  type Layout,
  layoutOf,
  plain,
  type Shade,
  shade,
  table,
  wrap,
} from './layout.js';
import { toneShade } from './tone-shade.js';

interface TerminalOptions {
  /** Columns of the terminal; 80 unless told, at least 40. */
  readonly width?: number;
  readonly color?: boolean;
  /** Files that were written, in the order to name them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Rows of the tables of a profile; 10 unless told. */
  readonly top?: number;
}

const statusShade: Record<CaseStatus, Shade> = {
  ok: 'green',
  failed: 'red',
  skipped: 'dim',
  inconclusive: 'cyan',
  aborted: 'yellow',
  pending: 'dim',
};

export function renderTerminal(input: ReportInput, options: TerminalOptions = {}): string {
  const { document } = input;
  const layout = layoutOf({ ...options, width: Math.min(options.width ?? 80, 100) });
  const { cases } = document;
  const incomplete = describeIncomplete(document);
  const blocks = [
    ...(document.title
      ? [wrap(document.title, '', layout.width).map((line) => shade(line, 'bold', layout))]
      : []),
    ...(incomplete ? [wrap(incomplete, '! ', layout.width)] : []),
    ...comparisonBlocks(input, layout),
    ...profileBlocks(input, layout, options.top ?? 10),
    ...cases.map((result) => (leads(input) ? shortLines(result, layout) : caseLines(result, layout))),
    ...(cases.length > 1 && !leads(input)
      ? [wrap(describeStatuses(cases), '', layout.width).map((line) => shade(line, 'bold', layout))]
      : []),
    document.warnings.flatMap((one) => noticeLines(describeWarning(one), layout)),
    [...wrap(describeMachine(document.environment), '', layout.width), ...fileLines(options.files ?? {})],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function caseLines(result: CaseResult, layout: Layout): string[] {
  return [
    ...titleLines(result, layout),
    ...wrap(describeRun(result), '', layout.width).map((line) => shade(line, 'dim', layout)),
    ...(result.failure ? failureLines(result, layout) : []),
    ...numberLines(result, layout),
    ...verdictLines(result, layout),
    ...noticesOf(result, layout),
  ];
}

/** Below what it was run for, a case has only what a reader has to know of it. */
function shortLines(result: CaseResult, layout: Layout): string[] {
  const cautions = listNotices(result).filter((one) => one.level === 'caution');
  if (result.status === 'ok' && cautions.length === 0) return [];
  return [
    ...titleLines(result, layout),
    ...(result.failure ? failureLines(result, layout) : []),
    ...cautions.flatMap((one) => noticeLines(one, layout)),
  ];
}

/** A long title goes on below; the status stands at the end of the first line. */
function titleLines(result: CaseResult, layout: Layout): string[] {
  const status = `${statusMark[result.status]} ${statusWord[result.status]}`;
  const [first, ...rest] = wrap(describeCase(result), '', layout.width - columns(status) - 2);
  const gap = ' '.repeat(layout.width - columns(first!) - columns(status));
  return [
    shade(first!, 'bold', layout) + gap + shade(status, statusShade[result.status], layout),
    ...rest.map((line) => shade(line, 'bold', layout)),
  ];
}

function failureLines(result: CaseResult, layout: Layout): string[] {
  const { text, detail, advice } = describeFailure(result.failure!);
  const lines = wrap(text, '✗ ', layout.width).map((line) => shade(line, 'red', layout));
  if (!text.toLowerCase().includes(detail.toLowerCase().replace(/\.$/, '')))
    lines.push(...wrap(detail, '  ', layout.width));
  return advice ? [...lines, ...wrap(advice, '  → ', layout.width)] : lines;
}

function numberLines(result: CaseResult, layout: Layout): string[] {
  const rows = headline(result);
  if (rows.length === 0) return [];
  const lines = firstFitting(tablesOf(rows), layout.width) ?? rows.flatMap((row) => rowLines(row, layout));
  const shares = phaseLine(result);
  return ['', ...lines, ...(shares ? wrap(shares, '  ', layout.width) : []), ''];
}

/** The same numbers with fewer and fewer columns: the region goes first, then what else is said, then the interval. */
function tablesOf(rows: readonly MetricRow[]): string[][] {
  const numbers = (row: MetricRow) => [`  ${row.title}`, row.value, row.unit];
  const kept: ((row: MetricRow) => string[])[] = [
    (row) => [...numbers(row), row.interval, row.also || (row.metric.region ?? '')],
    (row) => [...numbers(row), row.interval, row.also],
    (row) => [...numbers(row), row.interval],
    (row) => [...numbers(row), row.also],
    numbers,
  ];
  return kept.map((cells) =>
    table(
      rows.map((row) => cells(row).map(plain)),
      [1],
    ),
  );
}

/** Where not even title, value and unit fit side by side. */
function rowLines({ title, value, unit, interval, also }: MetricRow, { width }: Layout): string[] {
  const measured = interval === '' ? `${value} ${unit}` : `${value} ${unit} (${interval})`;
  return wrap([`${title}: ${measured}`, also].filter(Boolean).join(', '), '  ', width);
}

function phaseLine(result: CaseResult): string | null {
  const rows = allMetrics(result).filter(
    (row) => row.id.startsWith('phase-share-') && row.metric.value !== null,
  );
  if (rows.length === 0) return null;
  return `Whole step: ${rows.map(share).join(', ')}`;
}

function share(row: MetricRow): string {
  return `${row.id.replace('phase-share-', '')} ${row.value} ${row.unit}`;
}

function verdictLines(result: CaseResult, layout: Layout): string[] {
  return describeVerdicts(result).flatMap(({ subject, tone, short, text }) => {
    const [first, ...rest] = wrap(`${subject}, ${short}. ${text}`, `${toneMark[tone]} `, layout.width);
    return [shade(first!, toneShade[tone], layout), ...rest];
  });
}

/** Cautions in full; how the numbers were made is in the report. */
function noticesOf(result: CaseResult, layout: Layout): string[] {
  const costs = externalNotes(result).map(describeWarning);
  const texts = new Set(costs.map(({ text }) => text));
  const all = listNotices(result).filter(({ text }) => !texts.has(text));
  const cautions = all.filter((one) => one.level === 'caution').flatMap((one) => noticeLines(one, layout));
  const notes = all.filter((one) => one.level === 'note');
  return [
    ...cautions,
    ...costs.flatMap((one) => noticeLines(one, layout)),
    ...(notes.length === 0 ? [] : wrap(describeNotes(notes), '· ', layout.width)),
  ];
}

function noticeLines({ text, advice, level }: WarningWords, layout: Layout): string[] {
  return wrap(advice ? `${text} ${advice}` : text, level === 'note' ? '· ' : '! ', layout.width);
}

/** A path is never wrapped: it has to be clicked and copied. */
function fileLines(files: Readonly<Record<string, string>>): string[] {
  return Object.values(files).map((file) => plain(file));
}
