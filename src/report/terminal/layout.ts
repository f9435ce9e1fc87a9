// Lines of a terminal: wrapping, columns and the few colors, none of which carries meaning alone.

export interface Layout {
  /** Columns; never more than this many are used. */
  readonly width: number;
  readonly color: boolean;
}

/** A layout of at least 40 columns; 80 unless told. */
export function layoutOf({ width = 80, color = false }: Partial<Layout>): Layout {
  return { width: Math.max(40, width), color };
}

export type Shade = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const codes: Record<Shade, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

export function shade(text: string, name: Shade, { color }: Layout): string {
  return color ? `\u001b[${codes[name][0]}m${text}\u001b[${codes[name][1]}m` : text;
}

/** A terminal shows control characters of a file name or a message as what they are. */
export function plain(text: string): string {
  return harmless(text).replaceAll('\u202f', ' ');
}

function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}

/**
 * Words on lines of at most `width` columns; the first line begins with `first`, the others are indented as far. A thin
 * space keeps a number with its unit.
 */
export function wrap(text: string, first: string, width: number): string[] {
  const indent = ' '.repeat(columns(first));
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of harmless(text)
    .split(/[^\S\u202f]+/)
    .flatMap((one) => pieces(one, width - indent.length))
    .map(plain)) {
    if (!empty && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** Columns padded to their widest cell, two spaces between them; `right` columns end in line. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = rows.reduce<number[]>((all, row) => {
    row.forEach((cell, k) => {
      all[k] = Math.max(all[k] ?? 0, columns(cell));
    });
    return all;
  }, []);
  return rows.map((row) =>
    row
      .map((cell, k) => {
        const gap = ' '.repeat(widths[k]! - columns(cell));
        return right.includes(k) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** The first of these tables that is no wider than `width`; null where none is. */
export function firstFitting(
  tables: readonly (readonly string[])[],
  width: number,
): readonly string[] | null {
  return tables.find((lines) => lines.every((line) => columns(line) <= width)) ?? null;
}

/** Columns that a line takes, colors left out. */
export function columns(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of `shade`
  return [...text.replace(/\u001b\[\d+m/g, '')].length;
}

function pieces(word: string, size: number): string[] {
  const characters = [...word];
  const parts: string[] = [];
  for (let k = 0; k < characters.length; k += size) parts.push(characters.slice(k, k + size).join(''));
  return parts;
}
