// The cell as a model is given it: without the zero rows of open directions, which a model may invert or divide by.

import { completedCell, type System } from '../../system/index.js';
import type { Binding } from './binding.js';

/** Å of vacuum, beyond the extent of the atoms, in the open directions of a model with its own neighbor search. */
const vacuum = 1000;

/**
 * @param check throws for a cell that the model cannot take; asked of every new one
 * @returns (3,3) in Å, the same array in every call, made anew when the cell has changed. Periodic rows stay. Open rows
 * become vectors orthogonal to the others, long enough that a minimum image never acts; models that take edges keep
 * the open rows that are not zero.
 */
export function createFedCell(
  binding: Binding,
  check: (system: System) => void,
): (system: System) => Float64Array {
  const seen = new Float64Array(9).fill(Number.NaN);
  const fed = new Float64Array(9);
  return (system) => {
    if (!sameCell(seen, system.cell)) {
      check(system);
      seen.set(system.cell);
      writeFedCell(system, binding.neighbors.kind !== 'none', fed);
    }
    return fed;
  };
}

function sameCell(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < 9; k++) if (a[k] !== b[k]) return false;
  return true;
}

function writeFedCell(system: System, takesEdges: boolean, fed: Float64Array): void {
  const keeps = [0, 1, 2].map(
    (d) => system.pbc[d] || (takesEdges && system.cell.subarray(3 * d, 3 * d + 3).some(Boolean)),
  ) as [boolean, boolean, boolean];
  fed.set(completedCell(system.cell, keeps));
  const length = vacuum + extent(system.positions);
  for (let k = 0; k < 9; k++) if (!keeps[Math.floor(k / 3)]) fed[k] *= length;
}

function extent(positions: Float64Array): number {
  let widest = 0;
  for (let d = 0; d < 3; d++) {
    const along = positions.filter((_, k) => k % 3 === d);
    const ends = along.reduce(
      ([low, high], x) => [Math.min(low, x), Math.max(high, x)],
      [Infinity, -Infinity],
    );
    widest = Math.max(widest, ends[1] - ends[0]);
  }
  return widest;
}
