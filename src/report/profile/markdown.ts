// Profiles as Markdown: the sentence, then the tables of the terminal with all of their columns.

import type { ReportInput } from '../input.js';
import { escapeText, markdownTable } from '../markdown-text.js';
import { shortened } from '../shortened.js';
import { describeProfile, describeRun, describeTiming, profileHeadings } from '../words/index.js';
import type { Block, Note, ReportTable } from './section.js';
import { leadNotes, profileSections } from './sections.js';
import { titleOf } from './titles.js';
import { listProfiles, type ProfileView } from './view.js';

const top = 10;
const longestName = 120;

const marks: Record<Note['level'], string> = {
  fail: '✗ ',
  caution: '! ',
  advice: '→ ',
  plain: '',
  quiet: '',
};

export function profileMarkdown(inputs: readonly ReportInput[]): string[] {
  return listProfiles(inputs).flatMap(blocksOf);
}

function blocksOf(view: ProfileView): string[] {
  const { result, profile } = view;
  return [
    `## ${escapeText(titleOf(view))}`,
    result ? escapeText(describeRun(result)) : '',
    `**${escapeText(describeProfile(profile))}**`,
    result ? escapeText(describeTiming(result)) : '',
    ...writtenBlocks(leadNotes(view)),
    ...profileSections(view, top).flatMap(({ id, blocks }) => [
      `### ${profileHeadings[id]}`,
      ...writtenBlocks(blocks),
    ]),
  ];
}

/** Notes that follow each other are one list. */
export function writtenBlocks(blocks: readonly Block[]): string[] {
  const parts: string[] = [];
  let items: string[] = [];
  const close = () => {
    if (items.length > 0) parts.push(items.join('\n'));
    items = [];
  };
  for (const block of blocks) {
    if (block.kind === 'note') items.push(`- ${noteText(block)}`);
    if (block.kind !== 'table') continue;
    close();
    parts.push(tableText(block.table));
  }
  close();
  return parts;
}

function noteText({ level, text, advice }: Note): string {
  return marks[level] + escapeText(advice ? `${text} ${advice}` : text);
}

function tableText({ columns, rows, details }: ReportTable): string {
  const shown = columns.map((column, at) => ({ ...column, at })).filter(({ bar }) => !bar);
  const cell = (row: readonly string[], { at, name }: (typeof shown)[number]) =>
    name ? shortened(row[at]!, longestName) : row[at]!;
  return markdownTable(
    [...shown.map(({ title }) => title), ...(details ? [details.title] : [])],
    rows.map((row, k) => [
      ...shown.map((column) => cell(row, column)),
      ...(details ? [shortened(details.rows[k] ?? '', longestName)] : []),
    ]),
    shown.flatMap(({ right }, k) => (right ? [k] : [])),
  );
}
