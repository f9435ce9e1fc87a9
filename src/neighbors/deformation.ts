// How far a list that was built in one cell reaches in another. Å; rows of a cell are its vectors.

import { cellInverse } from '../system/index.js';

export interface Deformation {
  /** (3,3) brings a position of now back into the cell of the build: r_build = r_now · back. */
  readonly back: Float64Array;
  /** At most 1: no distance has become shorter than this share of what it was, but for the motion within the cell. */
  shrinkage: number;
}

export function createDeformation(): Deformation {
  return { back: new Float64Array(9), shrinkage: 1 };
}

/**
 * From the cell of the build to the one of now. The smallest singular value of M = built⁻¹ · now is bounded from below
 * by 1 − ‖M − 1‖₂ ≥ 1 − √(‖M − 1‖₁ ‖M − 1‖∞), which is exact for an isotropic change.
 */
export function measureDeformation(
  deformation: Deformation,
  builtCell: Float64Array,
  cell: Float64Array,
): void {
  multiply(cellInverse(cell), builtCell, deformation.back);
  const strain = new Float64Array(9);
  multiply(cellInverse(builtCell), cell, strain);
  for (let k = 0; k < 9; k += 4) strain[k] -= 1;
  const columns = [0, 1, 2].map(
    (c) => Math.abs(strain[c]) + Math.abs(strain[3 + c]) + Math.abs(strain[6 + c]),
  );
  const rows = [0, 3, 6].map((r) => Math.abs(strain[r]) + Math.abs(strain[r + 1]) + Math.abs(strain[r + 2]));
  deformation.shrinkage = Math.min(1, 1 - Math.sqrt(Math.max(...columns) * Math.max(...rows)));
}

/**
 * Whether a pair that the list does not hold may have come within the cutoff: one that was at least cutoff + skin apart is
 * now at least shrinkage · (cutoff + skin − 2u) apart, u the largest way of an atom within the cell.
 * @param positions (n,3) of now, `before` of the build
 */
export function mayMissPair(
  { back, shrinkage }: Deformation,
  positions: Float64Array,
  before: Float64Array,
  cutoff: number,
  skin: number,
): boolean {
  const room = (cutoff + skin - cutoff / shrinkage) / 2;
  if (!(shrinkage > 0 && room >= 0)) return true;
  const limit = room * room * (1 - 1e-9);
  for (let k = 0; k < positions.length; k += 3) {
    const x = positions[k];
    const y = positions[k + 1];
    const z = positions[k + 2];
    const dx = x * back[0] + y * back[3] + z * back[6] - before[k];
    const dy = x * back[1] + y * back[4] + z * back[7] - before[k + 1];
    const dz = x * back[2] + y * back[5] + z * back[8] - before[k + 2];
    if (!(dx * dx + dy * dy + dz * dz <= limit)) return true;
  }
  return false;
}

function multiply(a: Float64Array, b: Float64Array, product: Float64Array): void {
  for (let r = 0; r < 9; r += 3) {
    for (let c = 0; c < 3; c++) product[r + c] = a[r] * b[c] + a[r + 1] * b[3 + c] + a[r + 2] * b[6 + c];
  }
}
