// The blocks of a profile as markup: notes, tables, the bar of shares; what belongs together is one panel.

import { type Html, html } from '../html/markup.js';
import { tableOf } from '../html/parts.js';
import { shortened } from '../shortened.js';
import { toneMark } from '../words/index.js';
import type { Block, Note, ReportTable } from './section.js';

/** Characters of a name in a table, of what is told under it, and of the whole one in its tooltip. */
const longestName = 90;
const longestDetail = 240;
const longestTooltip = 2000;
/** Columns that stay side by side on a narrow screen. */
const mostBeside = 5;

export function sectionMarkup(
  blocks: readonly Block[],
  figures: Readonly<Record<'operators' | 'spikes', Html | null>>,
): Html[] {
  const pieces: Html[] = [];
  let panel: Html[] = [];
  const close = () => {
    if (panel.length > 0) pieces.push(html`<div class="panel">${panel}</div>`);
    panel = [];
  };
  for (const block of blocks) {
    const loud = block.kind === 'note' && (block.level === 'fail' || block.level === 'caution');
    if (loud || block.kind === 'chart') close();
    if (block.kind === 'chart') pieces.push(...(figures[block.chart] ? [figures[block.chart]!] : []));
    else if (loud) pieces.push(banner(block));
    else panel.push(inPanel(block));
  }
  close();
  return pieces;
}

export function notesMarkup(blocks: readonly Block[]): Html[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'note') return [];
    return [block.level === 'fail' || block.level === 'caution' ? banner(block) : noteMarkup(block)];
  });
}

function banner({ level, text, advice }: Note): Html {
  return html`<div class="banner${level === 'fail' && ' failed'}" role="alert"><strong>${text}</strong>${advice && html`<p>${advice}</p>`}</div>`;
}

function inPanel(block: Exclude<Block, { kind: 'chart' }>): Html {
  if (block.kind === 'note') return noteMarkup(block);
  if (block.kind === 'table') return tableMarkup(block.table);
  return html`<div class="shares" aria-hidden="true">${block.parts
    .filter(({ share }) => share > 0)
    .map(
      ({ label, share, color }) =>
        html`<span style="--key:${color};flex:${share.toFixed(3)} 1 0" title="${`${label} ${share.toFixed(2)} %`}"></span>`,
    )}</div>`;
}

function noteMarkup({ level, text, advice }: Note): Html {
  if (level === 'advice')
    return html`<div class="hot"><span class="mark warn" aria-hidden="true">${toneMark.warn}</span><div><strong>${text}</strong>${advice && html`<br>${advice}`}</div></div>`;
  return html`<p class="${level === 'quiet' ? 'note' : 'told'}">${text}${advice && html` ${advice}`}</p>`;
}

type Row = { readonly cells: readonly string[]; readonly at: number };

function tableMarkup({ columns, rows, summed, colors, details }: ReportTable): Html {
  const last = rows.length - 1;
  const inner = (text: string, { at }: Row, k: number) => {
    const column = columns[k]!;
    const swatch = k === 0 && colors?.[at] !== undefined;
    const shown = column.name ? nameMarkup(text) : html`${text}`;
    const detail = details?.rows[at];
    const under = column.name && k === 0 && detail !== undefined;
    const marked = html`${swatch && html`<i class="swatch" style="--key:${colors[at]}"></i>`}${shown}${under && html`<br><small class="muted">${nameMarkup(detail, longestDetail)}</small>`}`;
    return summed && at === last ? html`<strong>${marked}</strong>` : marked;
  };
  return tableOf<Row>(
    columns
      .map((column, k) => ({
        title: column.title,
        right: column.right ?? false,
        bar: column.bar,
        cell: (row: Row) => inner(row.cells[k]!, row, k),
      }))
      .filter(({ bar }) => !bar),
    rows.map((cells, at) => ({ cells, at })),
    columns.length > mostBeside || details ? 'labelled' : 'scrolled',
  );
}

/** The whole of a shortened name is its tooltip; it can be broken anywhere. */
function nameMarkup(name: string, longest = longestName): Html {
  const short = shortened(name, longest);
  return short === name
    ? html`<span class="name">${name}</span>`
    : html`<span class="name" title="${shortened(name, longestTooltip)}">${short}</span>`;
}
