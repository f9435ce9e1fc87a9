// Geometry of a cell whose rows are the lattice vectors, flat (3,3) in Å.

import type { Periodicity } from './system.js';

const everywhere: Periodicity = [true, true, true];

/** Volume in Å³; 0 for a degenerate cell. */
export function cellVolume(cell: ArrayLike<number>): number {
  return Math.abs(determinant(cell));
}

/**
 * Inverse of the cell: (fractional row) = (cartesian row) · inverse.
 * @returns (3,3) in 1/Å; not finite for a degenerate cell
 */
export function cellInverse(cell: ArrayLike<number>): Float64Array {
  const scale = 1 / determinant(cell);
  const inverse = new Float64Array(9);
  for (let d = 0; d < 3; d++) {
    const face = cross(cell, (d + 1) % 3, (d + 2) % 3);
    for (let k = 0; k < 3; k++) inverse[3 * k + d] = face[k] * scale;
  }
  return inverse;
}

/**
 * Distances between opposite faces, one for each lattice vector, in Å.
 * A direction that is not periodic has none: Infinity.
 */
export function planeSpacings(
  cell: ArrayLike<number>,
  pbc: Periodicity = everywhere,
): [number, number, number] {
  const whole = completedCell(cell, pbc);
  const volume = cellVolume(whole);
  const spacing = (d: number) =>
    pbc[d] ? volume / Math.hypot(...cross(whole, (d + 1) % 3, (d + 2) % 3)) : Number.POSITIVE_INFINITY;
  return [spacing(0), spacing(1), spacing(2)];
}

/**
 * The periodic rows of a cell, with its open rows replaced by unit vectors orthogonal to all others,
 * so that the result can be inverted whatever the open rows were (zero, or parallel to another).
 */
export function completedCell(cell: ArrayLike<number>, pbc: Periodicity): Float64Array {
  const whole = Float64Array.from(cell);
  const open = [0, 1, 2].filter((d) => !pbc[d]);
  if (open.length === 3) return Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  if (open.length === 2) whole.set(orthogonalTo(row(cell, 3 - open[0] - open[1])), 3 * open[0]);
  for (const d of open.slice(-1)) whole.set(unit(cross(whole, (d + 1) % 3, (d + 2) % 3)), 3 * d);
  return whole;
}

function determinant(cell: ArrayLike<number>): number {
  const face = cross(cell, 1, 2);
  return cell[0] * face[0] + cell[1] * face[1] + cell[2] * face[2];
}

function cross(cell: ArrayLike<number>, i: number, j: number): number[] {
  const [a, b] = [row(cell, i), row(cell, j)];
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function row(cell: ArrayLike<number>, d: number): number[] {
  return [cell[3 * d], cell[3 * d + 1], cell[3 * d + 2]];
}

function orthogonalTo(vector: readonly number[]): number[] {
  const thin = [0, 1, 2].reduce((best, d) => (Math.abs(vector[d]) < Math.abs(vector[best]) ? d : best));
  const axis = [0, 0, 0];
  axis[thin] = 1;
  return unit(cross([...vector, ...axis, 0, 0, 0], 0, 1));
}

function unit(vector: readonly number[]): number[] {
  const norm = Math.hypot(...vector);
  return vector.map((component) => component / norm);
}
