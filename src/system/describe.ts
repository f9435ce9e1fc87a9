// What a system is, in a few facts: formula, density (g/cm³), shortest distance (Å).

import { cellVolume } from './cell.js';
import { shortestDistance } from './close-pairs.js';
import { symbolOf } from './elements.js';
import type { System } from './system.js';
import { densityUnit } from './units.js';

export interface SystemDescription {
  readonly atoms: number;
  /** In Hill's order: carbon, hydrogen, the others by alphabet; by alphabet alone without carbon. */
  readonly formula: string;
  /** g/cm³; null unless periodic in all directions. */
  readonly density: number | null;
  /** Å, periodic images included; null for a single atom in the open. */
  readonly shortestDistance: number | null;
}

export function describeSystem(system: System): SystemDescription {
  return {
    atoms: system.numbers.length,
    formula: formulaOf(system.numbers),
    density: densityOf(system),
    shortestDistance: shortestDistance(system),
  };
}

/** Mass density in g/cm³; null unless periodic in all directions. */
export function densityOf(system: System): number | null {
  if (system.pbc.includes(false)) return null;
  const mass = system.masses.reduce((sum, one) => sum + one, 0);
  return (mass / cellVolume(system.cell)) * densityUnit;
}

/** Chemical formula in Hill's order (Hill, J. Am. Chem. Soc. 22, 478): `C2H6O`, `H128O64`, `Si64`. */
export function formulaOf(numbers: ArrayLike<number>): string {
  const counts = new Map<string, number>();
  for (const symbol of Array.from(numbers, symbolOf)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  const first = counts.has('C') ? ['C', 'H'] : [];
  const rank = (symbol: string) => (first.includes(symbol) ? first.indexOf(symbol) : first.length);
  return [...counts]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([symbol, count]) => (count === 1 ? symbol : `${symbol}${count}`))
    .join('');
}
