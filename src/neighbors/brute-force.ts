// The truth that every other builder is tested against: all pairs, all images that can be within the cutoff. Å.

import type { System } from '../system/system.js';
import { isUpper } from './half-rule.js';
import { emptyLattice, readLattice } from './lattice.js';
import { checkCutoff, maximalImages, maximalPairs, tooManyImages, tooManyPairs } from './limits.js';
import { type PairKind, type Pairs, reservePairs } from './pairs.js';

/** Fills `out` with every pair nearer than `cutoff` (|r_ij| < cutoff), sorted by center, neighbor, shift. O(n²). */
export function bruteForcePairs(system: System, cutoff: number, kind: PairKind, out: Pairs): void {
  checkCutoff(cutoff);
  const { positions, cell, pbc } = system;
  const n = positions.length / 3;
  const lattice = emptyLattice();
  readLattice(system, lattice);
  const low = [0, 0, 0];
  const high = [0, 0, 0];
  out.count = 0;
  out.first = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const dx = positions[3 * j] - positions[3 * i];
      const dy = positions[3 * j + 1] - positions[3 * i + 1];
      const dz = positions[3 * j + 2] - positions[3 * i + 2];
      for (let k = 0; k < 3; k++) {
        if (!pbc[k]) continue;
        const { inverse, heights } = lattice;
        const along = dx * inverse[k] + dy * inverse[3 + k] + dz * inverse[6 + k];
        const reach = (cutoff / heights[k]) * (1 + 1e-9) + 1e-6;
        low[k] = Math.ceil(-reach - along);
        high[k] = Math.floor(reach - along);
      }
      const images = (high[0] - low[0] + 1) * (high[1] - low[1] + 1) * (high[2] - low[2] + 1);
      if (images * n > maximalImages) throw tooManyImages(system, cutoff, images * n);
      for (let a = low[0]; a <= high[0]; a++) {
        for (let b = low[1]; b <= high[1]; b++) {
          for (let c = low[2]; c <= high[2]; c++) {
            const x = dx + (a * cell[0] + b * cell[3] + c * cell[6]);
            const y = dy + (a * cell[1] + b * cell[4] + c * cell[7]);
            const z = dz + (a * cell[2] + b * cell[5] + c * cell[8]);
            if (x * x + y * y + z * z >= cutoff * cutoff) continue;
            const isKept =
              kind === 'half' ? isUpper(x, y, z, i, j) : j !== i || a !== 0 || b !== 0 || c !== 0;
            if (isKept) append(out, i, j, a, b, c);
          }
        }
      }
      if (out.count > maximalPairs) throw tooManyPairs(system, cutoff);
    }
    out.first[i + 1] = out.count;
  }
}

function append(out: Pairs, i: number, j: number, a: number, b: number, c: number): void {
  reservePairs(out, out.count + 1);
  out.centers[out.count] = i;
  out.neighbors[out.count] = j;
  out.shifts[3 * out.count] = a;
  out.shifts[3 * out.count + 1] = b;
  out.shifts[3 * out.count + 2] = c;
  out.count += 1;
}
