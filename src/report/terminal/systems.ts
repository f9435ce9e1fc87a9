// What `mdbench systems` prints: names to type, with their atoms.

import { count } from '../format.js';
import { plain, table } from './layout.js';

export interface SystemLine {
  readonly name: string;
  readonly atoms: number;
  readonly title: string;
  readonly formula: string;
  readonly pbc: readonly [boolean, boolean, boolean];
}

export function renderSystems(entries: readonly SystemLine[]): string {
  const rows = entries.map((entry) => [
    entry.name,
    plain(count(entry.atoms)),
    entry.formula,
    boundaries(entry.pbc),
    entry.title,
  ]);
  return table([['name', 'atoms', 'formula', 'boundaries', 'what it is'], ...rows], [1]).join('\n');
}

function boundaries(pbc: readonly boolean[]): string {
  if (pbc.every(Boolean)) return 'periodic';
  if (!pbc.some(Boolean)) return 'open';
  return `periodic in ${['a', 'b', 'c'].filter((_, k) => pbc[k]).join(', ')}`;
}
