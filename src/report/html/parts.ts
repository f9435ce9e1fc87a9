// Pieces that several sections are built from.

import { type CaseStatus, statusMark, statusWord } from '../words/index.js';
import { type Html, html, type Part } from './markup.js';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Part;
  readonly right?: boolean;
}

/** What becomes of a table on a narrow screen: it is scrolled, or each row is stacked under its first cell or first two. */
const narrowClass = { scrolled: '', stacked: 'stacked', labelled: 'stacked labelled' } as const;

/** @param narrow `labelled`: every cell but the first says its column; `stacked`: the second stands beside the first */
export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  narrow: keyof typeof narrowClass = 'scrolled',
): Html {
  const side = (column: Column<Row>) => column.right && html` class="right"`;
  return html`<div class="scroll"><table${narrowClass[narrow] !== '' && html` class="${narrowClass[narrow]}"`}><thead><tr>${columns.map((one) => html`<th scope="col"${side(one)}>${one.title}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map((one) => html`<td${side(one)} data-title="${one.title}">${one.cell(row)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

/** Names and values; those without a value are left out. */
export function facts(entries: readonly (readonly [string, Part])[]): Html {
  const shown = entries.filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  );
  return html`<dl class="facts">${shown.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

export function statusChip(status: CaseStatus): Html {
  return html`<span class="chip ${status}"><span aria-hidden="true">${statusMark[status]}</span>${statusWord[status]}</span>`;
}

export function code(text: string): Html {
  return html`<code>${text}</code>`;
}
