// Profiles in a terminal: the sentence that each comes down to, then its tables in the order of the page.

import type { ReportInput } from '../input.js';
import { type Layout, type Shade, shade, wrap } from '../terminal/layout.js';
import { describeProfile, describeRun, describeTiming, profileHeadings } from '../words/index.js';
import type { Block, Note } from './section.js';
import { leadNotes, profileSections } from './sections.js';
import { tableLines } from './table-lines.js';
import { titleOf } from './titles.js';
import { listProfiles, type ProfileView } from './view.js';

const marks: Record<Note['level'], { first: string; shade?: Shade }> = {
  fail: { first: '✗ ', shade: 'red' },
  caution: { first: '! ', shade: 'yellow' },
  advice: { first: '→ ' },
  plain: { first: '' },
  quiet: { first: '· ', shade: 'dim' },
};

/** Blocks of lines, to be set apart by empty ones; none of a document without profiles. */
export function profileBlocks(input: ReportInput, layout: Layout, top: number): string[][] {
  return listProfiles([input]).flatMap((view) => blocksOf(view, layout, top));
}

function blocksOf(view: ProfileView, layout: Layout, top: number): string[][] {
  const { result, profile } = view;
  const bold = (text: string) => wrap(text, '', layout.width).map((line) => shade(line, 'bold', layout));
  const dim = (text: string) => wrap(text, '', layout.width).map((line) => shade(line, 'dim', layout));
  return [
    [...bold(titleOf(view)), ...(result ? dim(describeRun(result)) : [])],
    wrap(describeProfile(profile), '', layout.width),
    result ? wrap(describeTiming(result), '', layout.width) : [],
    leadNotes(view)
      .filter(isShown)
      .flatMap((block) => lines(block, layout)),
    ...profileSections(view, top).map(({ id, blocks }) => [
      ...bold(profileHeadings[id]),
      ...blocks
        .filter(isShown)
        .flatMap((block, k, shown) => [
          ...(isApart(block, shown[k - 1]) ? [''] : []),
          ...lines(block, layout),
        ]),
    ]),
  ];
}

/** A note or a table; none of what is for the page alone. */
export function blockLines(block: Block, layout: Layout): string[] {
  return isShown(block) ? lines(block, layout) : [];
}

type Shown = Extract<Block, { kind: 'note' | 'table' }>;

function isShown(block: Block): block is Shown {
  return block.kind === 'note' || block.kind === 'table';
}

function isApart(block: Shown, before: Shown | undefined): boolean {
  return (
    block.kind === 'table' &&
    (before?.kind === 'table' || (before?.kind === 'note' && before.level === 'advice'))
  );
}

function lines(block: Shown, layout: Layout): string[] {
  if (block.kind === 'table') return tableLines(block.table, layout);
  const { first, shade: color } = marks[block.level];
  const [head, ...rest] = wrap(block.text, first, layout.width);
  const advice = block.advice ? wrap(block.advice, ' '.repeat(first.length || 2), layout.width) : [];
  return color === 'dim'
    ? [head!, ...rest, ...advice].map((line) => shade(line, 'dim', layout))
    : [color ? shade(head!, color, layout) : head!, ...rest, ...advice];
}
