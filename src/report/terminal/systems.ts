// What `mdbench systems` prints: names to type, with their atoms.

import { count } from '../format.js';
import { firstFitting, type Layout, layoutOf, plain, table } from './layout.js';

interface SystemLine {
  readonly name: string;
  readonly atoms: number;
  readonly title: string;
  readonly formula: string;
}

/** On a narrow terminal the title goes first, then the formula; a name is never cut. */
export function renderSystems(
  entries: readonly SystemLine[],
  options: Partial<Pick<Layout, 'width'>> = {},
): string {
  const cells = entries.map(({ name, atoms, formula, title }) => [name, plain(count(atoms)), formula, title]);
  const rows = [['name', 'atoms', 'formula', 'what it is'], ...cells];
  const tables = [4, 3, 2].map((kept) =>
    table(
      rows.map((row) => row.slice(0, kept)),
      [1],
    ),
  );
  return (firstFitting(tables, layoutOf({ width: 100, ...options }).width) ?? tables.at(-1)!).join('\n');
}
