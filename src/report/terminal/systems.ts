// What `mdbench systems` prints: names to type, with their atoms.

import { count } from '../format.js';
import { plain, table } from './layout.js';

interface SystemLine {
  readonly name: string;
  readonly atoms: number;
  readonly title: string;
  readonly formula: string;
}

export function renderSystems(entries: readonly SystemLine[]): string {
  const rows = entries.map(({ name, atoms, formula, title }) => [name, plain(count(atoms)), formula, title]);
  return table([['name', 'atoms', 'formula', 'what it is'], ...rows], [1]).join('\n');
}
