// Seeded structures for neighbor tests: any cell (skewed, left-handed, small), any periodicity, atoms far outside.

import { createRandom, type Random } from '../../src/random.js';
import type { Periodicity, System } from '../../src/system/system.js';

export interface RandomStructure {
  readonly system: System;
  /** Å, now and then longer than the cell. */
  readonly cutoff: number;
}

export function structureOf(positions: readonly number[], cell: readonly number[], pbc: Periodicity): System {
  const n = positions.length / 3;
  return {
    name: `test${n}`,
    numbers: new Int32Array(n).fill(14),
    masses: new Float64Array(n).fill(28.085),
    positions: Float64Array.from(positions),
    velocities: new Float64Array(3 * n),
    cell: Float64Array.from(cell),
    pbc,
  };
}

export function randomStructure(seed: number): RandomStructure {
  const random = createRandom(seed);
  const pbc: Periodicity = [random.uniform() < 0.7, random.uniform() < 0.7, random.uniform() < 0.7];
  const cell = randomCell(random, pbc);
  const n = random.integer(4) === 0 ? random.integer(3) : 1 + random.integer(24);
  const far = random.integer(3) === 0 ? 200 : 1.5;
  const isLattice = random.integer(4) === 0;
  const positions: number[] = [];
  for (let i = 0; i < n; i++) {
    const fractions = [0, 1, 2].map((k) => {
      const inside = isLattice ? random.integer(4) / 4 : random.uniform();
      return inside + (pbc[k] ? Math.round((random.uniform() - 0.5) * far) : 0);
    });
    for (let c = 0; c < 3; c++) {
      positions.push(fractions.reduce((sum, f, k) => sum + f * (cell[3 * k + c] || (k === c ? 9 : 0)), 0));
    }
  }
  return {
    system: structureOf(positions, zeroOpenRows(random, cell, pbc), pbc),
    cutoff: 1 + 5 * random.uniform(),
  };
}

/** Edges of 2 to 10 Å, sheared by up to twice an edge; half of them left-handed, some turned. */
function randomCell(random: Random, pbc: Periodicity): number[] {
  const isCubic = random.integer(4) === 0;
  const edges = [0, 1, 2].map(() => 2 + 8 * random.uniform());
  const cell = [edges[0], 0, 0, 0, edges[1], 0, 0, 0, edges[2]];
  if (isCubic) return cell;
  for (let k = 0; k < 9; k++) {
    if (k % 4 !== 0 && pbc[Math.floor(k / 3)]) cell[k] = 2 * edges[k % 3] * (random.uniform() - 0.5);
  }
  if (Math.abs(determinant(cell)) < 8) return randomCell(random, pbc);
  return cell;
}

/** Open directions: a zero row, or one that must not matter. */
function zeroOpenRows(random: Random, cell: number[], pbc: Periodicity): number[] {
  const zero = random.integer(2) === 0;
  return cell.map((value, k) => (zero && !pbc[Math.floor(k / 3)] ? 0 : value));
}

function determinant(m: number[]): number {
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}
