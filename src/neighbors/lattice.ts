// The periodic part of a cell: Å, rows are lattice vectors. Rows of open directions are ignored and replaced by
// unit vectors at right angles to the periodic ones, so that any mix of directions has an inverse and heights.

import { MdbenchError } from '../errors.js';
import type { Periodicity, System } from '../system/system.js';

export interface Lattice {
  periodic: Periodicity;
  /** (3,3) rows; open rows are unit vectors at right angles to the periodic ones. */
  readonly vectors: Float64Array;
  /** (3,3) inverse of `vectors`: fractional coordinate k of r is Σ_c r_c · inverse[3c+k]. */
  readonly inverse: Float64Array;
  /** (3) Å between the two faces of direction k; Infinity where it is open. */
  readonly heights: Float64Array;
  /** Product of the three edge lengths over the volume: 1 at right angles, large in a skewed cell. */
  skewness: number;
  /** Å³; Infinity where a direction is open. */
  volume: number;
}

export function emptyLattice(): Lattice {
  return {
    periodic: [false, false, false],
    vectors: new Float64Array(9),
    inverse: new Float64Array(9),
    heights: new Float64Array(3),
    skewness: 1,
    volume: 0,
  };
}

/** Fills `lattice` from the system's cell; throws `structure-invalid` where a periodic direction has no extent. */
export function readLattice(system: System, lattice: Lattice): void {
  const { vectors, inverse, heights } = lattice;
  lattice.periodic = system.pbc;
  for (let k = 0; k < 3; k++) {
    for (let c = 0; c < 3; c++) vectors[3 * k + c] = system.pbc[k] ? system.cell[3 * k + c] : 0;
  }
  completeOpenRows(vectors, system.pbc);
  for (let k = 0; k < 3; k++) cross(vectors, 3 * ((k + 1) % 3), 3 * ((k + 2) % 3), inverse, k);
  const volume = vectors[0] * inverse[0] + vectors[1] * inverse[3] + vectors[2] * inverse[6];
  const edges = length(vectors, 0) * length(vectors, 3) * length(vectors, 6);
  if (!(Math.abs(volume) > 1e-8 * edges) || !Number.isFinite(edges)) throw degenerate(system);
  lattice.skewness = edges / Math.abs(volume);
  lattice.volume = system.pbc.includes(false) ? Number.POSITIVE_INFINITY : Math.abs(volume);
  for (let k = 0; k < 3; k++) {
    for (let c = 0; c < 3; c++) inverse[3 * c + k] /= volume;
    const norm = Math.hypot(inverse[k], inverse[3 + k], inverse[6 + k]);
    heights[k] = system.pbc[k] ? 1 / norm : Number.POSITIVE_INFINITY;
  }
}

function completeOpenRows(vectors: Float64Array, pbc: Periodicity): void {
  const periodicCount = Number(pbc[0]) + Number(pbc[1]) + Number(pbc[2]);
  if (periodicCount === 3) return;
  if (periodicCount === 0) {
    for (let k = 0; k < 3; k++) vectors[4 * k] = 1;
    return;
  }
  if (periodicCount === 1) {
    const p = pbc.indexOf(true);
    const next = (p + 1) % 3;
    let flattest = 0;
    for (let c = 1; c < 3; c++) {
      if (Math.abs(vectors[3 * p + c]) < Math.abs(vectors[3 * p + flattest])) flattest = c;
    }
    vectors[3 * next + flattest] = 1;
    replaceByNormal(vectors, (p + 2) % 3, p, next);
    replaceByNormal(vectors, next, (p + 2) % 3, p);
    return;
  }
  const open = pbc.indexOf(false);
  replaceByNormal(vectors, open, (open + 1) % 3, (open + 2) % 3);
}

/** Sets row `target` to the unit normal of rows `a` and `b`. */
function replaceByNormal(vectors: Float64Array, target: number, a: number, b: number): void {
  const x = vectors[3 * a + 1] * vectors[3 * b + 2] - vectors[3 * a + 2] * vectors[3 * b + 1];
  const y = vectors[3 * a + 2] * vectors[3 * b] - vectors[3 * a] * vectors[3 * b + 2];
  const z = vectors[3 * a] * vectors[3 * b + 1] - vectors[3 * a + 1] * vectors[3 * b];
  const norm = Math.hypot(x, y, z);
  vectors[3 * target] = x / norm;
  vectors[3 * target + 1] = y / norm;
  vectors[3 * target + 2] = z / norm;
}

/** Writes the cross product of the rows at `a` and `b` into column `column` of `out`. */
function cross(rows: Float64Array, a: number, b: number, out: Float64Array, column: number): void {
  out[column] = rows[a + 1] * rows[b + 2] - rows[a + 2] * rows[b + 1];
  out[3 + column] = rows[a + 2] * rows[b] - rows[a] * rows[b + 2];
  out[6 + column] = rows[a] * rows[b + 1] - rows[a + 1] * rows[b];
}

function length(rows: Float64Array, at: number): number {
  return Math.hypot(rows[at], rows[at + 1], rows[at + 2]);
}

function degenerate(system: System): MdbenchError {
  const rows = [0, 1, 2].filter((k) => system.pbc[k]).map((k) => `${'abc'[k]} = (${rowOf(system, k)})`);
  return new MdbenchError(
    'structure-invalid',
    `The periodic lattice vectors of ${system.name} span no volume: ${rows.join(', ')} Å.`,
    'Give every periodic direction a lattice vector of its own, or make that direction open.',
  );
}

function rowOf(system: System, k: number): string {
  return Array.from(system.cell.subarray(3 * k, 3 * k + 3)).join(', ');
}
