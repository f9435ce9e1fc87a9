// The report as GitHub-flavored Markdown: the same words as the page, tables instead of charts.

import type { CaseResult } from '../result/document.js';
import { renderCheckMarkdown } from './check/markdown.js';
import { comparisonMarkdown } from './compare/markdown.js';
import { allMetrics, type MetricRow, metricRow } from './headline.js';
import { type CaseView, leads, listCases, type ReportInput, titleOf } from './input.js';
import { escapeText, fenced, markdownTable } from './markdown-text.js';
import { describeAbout, listNotices } from './notices.js';
import { profileMarkdown, writtenBlocks } from './profile/markdown.js';
import { validationSection } from './validation/section.js';
import {
  assumption,
  describeCase,
  describeChange,
  describeCommand,
  describeFailure,
  describeIncomplete,
  describeMachine,
  describeRun,
  describeStatuses,
  describeVerdicts,
  describeWarning,
  driftHeading,
  driftSubjects,
  forceSourceWords,
  headings,
  statusMark,
  statusWord,
  toneMark,
} from './words/index.js';

export function renderMarkdown(inputs: readonly ReportInput[]): string {
  const views = listCases(inputs);
  const blocks = [
    `# ${escapeText(titleOf(inputs) ?? 'mdbench report')}`,
    ...inputs.flatMap(documentBlocks),
    ...inputs.map(({ document }) => renderCheckMarkdown(document).trimEnd()),
    ...comparisonMarkdown(inputs),
    ...profileMarkdown(inputs),
    ...(views.length > 1 ? [overview(views)] : []),
    ...views.flatMap((view) => (leads(view.input) ? shortBlocks(view) : caseBlocks(view))),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function documentBlocks({ document }: ReportInput): string[] {
  const incomplete = describeIncomplete(document);
  return [
    ...(incomplete ? [`> **${escapeText(incomplete)}**`] : []),
    `${escapeText(describeMachine(document.environment))} · mdbench ${document.tool.version} · ${document.createdAt}`,
    fenced(describeCommand(document)),
    list(document.warnings.map((one) => withAdvice(describeWarning(one)))),
  ];
}

function overview(views: readonly CaseView[]): string {
  const ids = ['step-time-p50', 'steps-per-second', 'ns-per-day', 'peak-rss'];
  const rows = views.map(({ name, result }) => [
    name,
    `${statusMark[result.status]} ${statusWord[result.status]}`,
    result.system ? String(result.system.atoms) : '–',
    ...ids.map((id) => short(metricRow(result, id), id === 'steps-per-second')),
    describeVerdicts(result).find((one) => driftSubjects.includes(one.subject))?.short ?? '–',
  ]);
  const drift = driftHeading(views.map(({ result }) => result));
  const head = ['case', 'status', 'atoms', 'step p50', 'speed', 'ns/day', 'peak memory', drift];
  return [
    `## Overview: ${describeStatuses(views.map((view) => view.result))}`,
    markdownTable(head, rows, [2, 3, 4, 5, 6]),
  ].join('\n\n');
}

/** Below what it was run for, a case has only what a reader has to know of it. */
function shortBlocks({ name, result }: CaseView): string[] {
  const cautions = listNotices(result).filter((one) => one.level === 'caution');
  if (result.status === 'ok' && cautions.length === 0) return [];
  return [
    `### ${escapeText(name)}: ${statusMark[result.status]} ${statusWord[result.status]}`,
    failureBlock(result),
    list(cautions.map((one) => withAdvice(one, describeAbout(one)))),
  ];
}

function caseBlocks({ name, result }: CaseView): string[] {
  return [
    `## ${escapeText(name)}: ${escapeText(describeCase(result))}`,
    `**${statusMark[result.status]} ${statusWord[result.status]}** · ${escapeText(describeRun(result))}`,
    failureBlock(result),
    list(
      describeVerdicts(result).map(
        (one) => `${toneMark[one.tone]} **${one.subject}, ${one.short}.** ${escapeText(one.text)}`,
      ),
    ),
    metricsBlock(allMetrics(result)),
    forceFieldBlock(result),
    ...validationBlocks(result),
    list(listNotices(result).map((one) => withAdvice(one, describeAbout(one)))),
  ];
}

function failureBlock(result: CaseResult): string {
  if (!result.failure) return '';
  const { text, detail, advice } = describeFailure(result.failure);
  return [`✗ **${escapeText(text)}**`, escapeText(detail), advice ? escapeText(advice) : '']
    .filter(Boolean)
    .join('\n\n');
}

function metricsBlock(rows: readonly MetricRow[]): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => [
    row.title,
    row.metric.region ?? '',
    row.value,
    row.unit,
    row.interval,
    row.also,
    String(row.metric.n),
  ]);
  return markdownTable(['metric', 'region', 'value', 'unit', 'interval', 'also', 'n'], cells, [2, 6]);
}

function forceFieldBlock({ forceField }: CaseResult): string {
  if (!forceField) return '';
  const file = forceField.file ? ` \`${forceField.file.sha256.slice(0, 16)}\`` : '';
  const assumed =
    forceField.assumed.length === 0 ? '' : ` Assumed: ${forceField.assumed.map(assumption).join('; ')}.`;
  const { preparation } = forceField;
  const forces = preparation ? ` Forces: ${forceSourceWords[preparation.forces]}.` : '';
  const changes =
    preparation && preparation.changes.length > 0
      ? ` Changed in memory: ${preparation.changes.map(describeChange).join('; ')}.`
      : '';
  return `Force field: ${escapeText(forceField.title)}, ${escapeText(forceField.precision)}${file}.${escapeText(assumed + forces + changes)}`;
}

/** The verdicts above say what it comes down to; here are its numbers. */
function validationBlocks({ validation }: CaseResult): string[] {
  if (!validation) return [];
  return [`### ${headings.validation}`, ...writtenBlocks(validationSection(validation))];
}

function short(row: MetricRow | null, withInterval: boolean): string {
  if (!row) return '–';
  const value = `${row.value} ${row.unit}`.trim();
  return withInterval && row.interval !== '' ? `${value} (${row.interval})` : value;
}

function withAdvice({ text, advice }: { text: string; advice: string | null }, about = ''): string {
  const subject = about === '' ? '' : `**${escapeText(about)}**: `;
  return subject + escapeText(advice ? `${text} ${advice}` : text);
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
