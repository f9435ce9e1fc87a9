// The result in a terminal: status first, numbers with intervals, verdicts, warnings, and where the files are.

import type { CaseResult } from '../../result/document.js';
import { allMetrics, headline, type MetricRow } from '../headline.js';
import type { ReportInput } from '../input.js';
import { listNotices } from '../notices.js';
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
  type Tone,
  toneMark,
} from '../words/index.js';
import { clip, columns, type Layout, plain, type Shade, shade, table, wrap } from './layout.js';

interface TerminalOptions {
  /** Columns of the terminal; 80 unless told, at least 40. */
  readonly width?: number;
  readonly color?: boolean;
  /** Files that were written, in the order to name them. */
  readonly files?: Readonly<Record<string, string>>;
}

const toneShade: Record<Tone, Shade> = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  inconclusive: 'cyan',
  none: 'dim',
};
const statusShade: Record<CaseStatus, Shade> = {
  ok: 'green',
  failed: 'red',
  skipped: 'dim',
  inconclusive: 'cyan',
  aborted: 'yellow',
  pending: 'dim',
};

export function renderTerminal({ document }: ReportInput, options: TerminalOptions = {}): string {
  const layout: Layout = {
    width: Math.max(40, Math.min(options.width ?? 80, 100)),
    color: options.color ?? false,
  };
  const { cases } = document;
  const incomplete = describeIncomplete(document);
  const blocks = [
    ...(incomplete ? [wrap(incomplete, '! ', layout.width)] : []),
    ...cases.map((result) => caseLines(result, layout)),
    ...(cases.length > 1 ? [[shade(describeStatuses(cases), 'bold', layout)]] : []),
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
    titleLine(result, layout),
    ...wrap(describeRun(result), '', layout.width).map((line) => shade(line, 'dim', layout)),
    ...(result.failure ? failureLines(result, layout) : []),
    ...numberLines(result, layout),
    ...verdictLines(result, layout),
    ...noticesOf(result, layout),
  ];
}

function titleLine(result: CaseResult, layout: Layout): string {
  const status = `${statusMark[result.status]} ${statusWord[result.status]}`;
  const title = clip(describeCase(result), layout.width - columns(status) - 2);
  const gap = ' '.repeat(layout.width - columns(title) - columns(status));
  return shade(title, 'bold', layout) + gap + shade(status, statusShade[result.status], layout);
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
  const cells = rows.map((row) => [
    `  ${row.title}`,
    row.value,
    row.unit,
    row.interval,
    row.also === '' ? (row.metric.region ?? '') : row.also,
  ]);
  const lines = table(
    cells.map((row) => row.map(plain)),
    [1],
  ).map((line) => clip(line, layout.width));
  const shares = phaseLine(result);
  return ['', ...lines, ...(shares ? wrap(shares, '  ', layout.width) : []), ''];
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
  const all = listNotices(result);
  const cautions = all.filter((one) => one.level === 'caution').flatMap((one) => noticeLines(one, layout));
  const notes = all.filter((one) => one.level === 'note');
  return notes.length === 0 ? cautions : [...cautions, ...wrap(describeNotes(notes), '· ', layout.width)];
}

function noticeLines({ text, advice }: { text: string; advice: string | null }, layout: Layout): string[] {
  return wrap(advice ? `${text} ${advice}` : text, '! ', layout.width);
}

/** A path is never wrapped: it has to be clicked and copied. */
function fileLines(files: Readonly<Record<string, string>>): string[] {
  return Object.values(files).map((file) => plain(file));
}
