// Supercells.

import { MdbenchError } from '../errors.js';
import { createSystem } from './create.js';
import type { System } from './system.js';

/**
 * The system repeated along its lattice vectors; velocities and masses are repeated too.
 * The name grows by the counts (`quartz-2x2x1`) unless all are 1.
 * @throws `option-invalid` for a count that is no positive integer, or above 1 along an open direction
 */
export function repeatSystem(system: System, counts: readonly [number, number, number]): System {
  checkCounts(system, counts);
  const [na, nb, nc] = counts;
  const copies = na * nb * nc;
  if (copies === 1) return system;
  const n = system.numbers.length;
  const positions = new Float64Array(3 * n * copies);
  let k = 0;
  for (let a = 0; a < na; a++) {
    for (let b = 0; b < nb; b++) {
      for (let c = 0; c < nc; c++) {
        for (let i = 0; i < 3 * n; i++, k++) {
          const d = i % 3;
          positions[k] =
            system.positions[i] + a * system.cell[d] + b * system.cell[3 + d] + c * system.cell[6 + d];
        }
      }
    }
  }
  return createSystem({
    name: `${system.name}-${counts.join('x')}`,
    numbers: tiled(system.numbers, copies),
    masses: tiled(system.masses, copies),
    velocities: tiled(system.velocities, copies),
    positions,
    cell: system.cell.map((component, k) => component * counts[Math.floor(k / 3)]),
    pbc: system.pbc,
  });
}

function checkCounts(system: System, counts: readonly number[]): void {
  const shown = counts.join(',');
  if (counts.length !== 3 || counts.some((count) => !Number.isInteger(count) || count < 1)) {
    throw new MdbenchError(
      'option-invalid',
      `Three positive whole numbers were expected to repeat by, received ${shown}.`,
      'For example 2,2,1.',
    );
  }
  const open = [0, 1, 2].filter((d) => counts[d] > 1 && !system.pbc[d]);
  if (open.length > 0) {
    throw new MdbenchError(
      'option-invalid',
      `${system.name} cannot be repeated by ${shown}: it is not periodic along lattice vector ${open.map((d) => 'abc'[d]).join(', ')}.`,
      'Repeat only along periodic directions, or set pbc and Lattice in the structure file.',
    );
  }
}

function tiled(values: ArrayLike<number>, copies: number): Float64Array {
  const all = new Float64Array(values.length * copies);
  for (let k = 0; k < copies; k++) all.set(values, k * values.length);
  return all;
}
