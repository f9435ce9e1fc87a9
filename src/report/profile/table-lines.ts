// A table of a profile on lines of a terminal: columns that have no room are left out, names are shortened in the middle.

import { shortened } from '../shortened.js';
import { columns as columnsOf, type Layout, plain, shade, table, wrap } from '../terminal/layout.js';
import type { ReportTable } from './section.js';

type Column = ReportTable['columns'][number] & { readonly at: number };

const indent = '  ';
/** Columns that a name keeps while others can be left out, that it keeps at least, and that a bar has at most. */
const goodName = 32;
const leastName = 18;
const barWidth = 24;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

export function tableLines(content: ReportTable, layout: Layout): string[] {
  const below = content.columns.findIndex(({ name }) => name === 'below');
  let shown: readonly Column[] = content.columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ at }) => at !== below);
  for (;;) {
    const lines = fitted(content, shown, layout);
    if (lines) return below < 0 ? emphasized(lines, content, layout) : named(lines, content, below, layout);
    const least = shown.reduce<Column | null>(
      (out, column) => (column.rank !== undefined && column.rank >= (out?.rank ?? 0) ? column : out),
      null,
    );
    if (!least) return sentences(content, layout);
    shown = shown.filter((column) => column !== least);
  }
}

/** Head and rows; null where they are too wide. */
function fitted(content: ReportTable, shown: readonly Column[], { width }: Layout): string[] | null {
  const cell = (row: readonly string[], { at, bar }: Column) => (bar ? barOf(row[at]!) : plain(row[at]!));
  const cells = [
    shown.map(({ title }) => title),
    ...content.rows.map((row) => shown.map((one) => cell(row, one))),
  ];
  const right = shown.flatMap((column, k) => (column.right ? [k] : []));
  const flexible = shown.findIndex(({ name }) => name !== undefined);
  const others = cells.map((row) => row.filter((_, k) => k !== flexible));
  const taken = Math.max(...table(others).map(columnsOf)) + indent.length + (flexible < 0 ? 0 : 2);
  const room = width - taken;
  const natural = flexible < 0 ? 0 : Math.max(...cells.map((row) => columnsOf(row[flexible]!)));
  const droppable = shown.some(({ rank }) => rank !== undefined);
  if (room < Math.min(natural, droppable ? goodName : leastName)) return null;
  const kept = cells.map((row) => row.map((text, k) => (k === flexible ? shortened(text, room) : text)));
  return table(kept, right).map((line) => indent + line);
}

/** Each row is followed by its name and by what else is told of it. */
function named(lines: readonly string[], content: ReportTable, below: number, layout: Layout): string[] {
  const inner = `${indent}${indent}`;
  const [head, ...rows] = lines;
  return [
    shade(head!, 'dim', layout),
    ...rows.flatMap((line, k) => {
      const name = shortened(plain(content.rows[k]![below]!), layout.width - inner.length);
      const detail = content.details?.rows[k];
      return [
        line,
        inner + shade(name, 'bold', layout),
        ...(detail === undefined
          ? []
          : wrap(detail, inner, layout.width).map((text) => shade(text, 'dim', layout))),
      ];
    }),
  ];
}

function emphasized([head, ...rows]: readonly string[], { summed }: ReportTable, layout: Layout): string[] {
  return [
    shade(head!, 'dim', layout),
    ...rows.map((line, k) => (summed && k === rows.length - 1 ? shade(line, 'bold', layout) : line)),
  ];
}

/** Where not even the columns that stay fit side by side. */
function sentences({ columns, rows }: ReportTable, { width }: Layout): string[] {
  return rows.flatMap((row) => {
    const [first, ...rest] = columns.flatMap(({ title, bar }, k) =>
      bar || row[k] === '' ? [] : [k === 0 ? row[k]! : `${title} ${row[k]}`.trim()],
    );
    return wrap(`${shortened(first ?? '', width)}: ${rest.join(', ')}`, indent, width);
  });
}

function barOf(share: string): string {
  const parts = Math.round((Math.min(100, Number(share)) / 100) * barWidth * eighths.length);
  const whole = Math.floor(parts / eighths.length);
  return Number(share) > 0
    ? '█'.repeat(whole) + (eighths[parts % eighths.length] || (whole > 0 ? '' : '▏'))
    : '';
}
