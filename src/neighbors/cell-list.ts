// The cell list: pairs within a cutoff from binned periodic images, O(n). Å. The pairs of a list do not depend on
// rounding of the wrapping: near the cutoff the distance is taken from the positions as they are.

import type { System } from '../system/system.js';
import { collectImages } from './collect-images.js';
import { isUpper } from './half-rule.js';
import { emptyImages } from './images.js';
import { checkCutoff, maximalPairs, tooManyPairs } from './limits.js';
import { type PairKind, type Pairs, reservePairs } from './pairs.js';

/** Makes a list of `system` in `out`; throws MdbenchError where there can be none. */
export type PairBuilder = (system: System, cutoff: number, kind: PairKind, out: Pairs) => void;

/** Bins are this fraction of the cutoff wide. */
export const binFraction = 0.5;

const images = emptyImages();

/** Images near the center of the moment. */
let hits: Int32Array = new Int32Array(256);

/**
 * Fills `out` with every pair nearer than `cutoff` (|r_ij| < cutoff), sorted by center; inside a center the order is
 * that of the bins, the same for equal input. `half` keeps the pairs whose displacement points up (half-rule.ts).
 * Throws `structure-invalid`, `cell-too-small`, `option-invalid`.
 */
export function buildPairs(system: System, cutoff: number, kind: PairKind, out: Pairs): void {
  checkCutoff(cutoff);
  const n = system.positions.length / 3;
  if (out.first.length !== n + 1) out.first = new Int32Array(n + 1);
  out.count = 0;
  if (n === 0) return;
  collectImages(system, cutoff, binFraction * cutoff, images);
  scan(system, cutoff, kind === 'half', out);
}

function scan(system: System, cutoff: number, half: boolean, out: Pairs): void {
  const { wrapped, wraps, x, y, z, atoms, starts, corner, width, bins, slack } = images;
  const imageShifts = images.shifts;
  const n = system.positions.length / 3;
  const reach = cutoff + slack;
  const outer = reach * reach;
  const inner = cutoff > slack ? (cutoff - slack) ** 2 : 0;
  const squared = cutoff * cutoff;
  const lowest = half ? -slack : -reach;
  const doubtful = half ? slack : -reach;
  const nx = bins[0];
  const ny = bins[1];
  const nz = bins[2];
  const cornerX = corner[0];
  const cornerY = corner[1];
  const cornerZ = corner[2];
  const widthX = width[0];
  const widthY = width[1];
  const widthZ = width[2];
  const { first } = out;
  let { centers, neighbors, shifts } = out;
  let count = 0;
  first[0] = 0;
  for (let i = 0; i < n; i++) {
    const xi = wrapped[3 * i];
    const yi = wrapped[3 * i + 1];
    const zi = wrapped[3 * i + 2];
    const wa = wraps[3 * i];
    const wb = wraps[3 * i + 1];
    const wc = wraps[3 * i + 2];
    const x0 = Math.max(0, Math.floor((xi - reach - cornerX) / widthX));
    const y0 = Math.max(0, Math.floor((yi - reach - cornerY) / widthY));
    const z0 = Math.max(0, Math.floor((zi + lowest - cornerZ) / widthZ));
    const x1 = Math.min(nx - 1, Math.floor((xi + reach - cornerX) / widthX));
    const y1 = Math.min(ny - 1, Math.floor((yi + reach - cornerY) / widthY));
    const z1 = Math.min(nz - 1, Math.floor((zi + reach - cornerZ) / widthZ));
    let hit = 0;
    for (let kz = z0; kz <= z1; kz++) {
      const gapZ = gap(zi - cornerZ, kz * widthZ, widthZ);
      for (let ky = y0; ky <= y1; ky++) {
        const gapY = gap(yi - cornerY, ky * widthY, widthY);
        if (gapY * gapY + gapZ * gapZ > outer) continue;
        const row = (kz * ny + ky) * nx;
        const end = starts[row + x1 + 1];
        const begin = starts[row + x0];
        if (hit + end - begin > hits.length) hits = grown(hits, hit + end - begin);
        for (let s = begin; s < end; s++) {
          const dx = x[s] - xi;
          const dy = y[s] - yi;
          const dz = z[s] - zi;
          hits[hit] = s;
          hit += Number(dx * dx + dy * dy + dz * dz < outer);
        }
      }
    }
    if (count + hit > centers.length) {
      if (count > maximalPairs) throw tooManyPairs(system, cutoff);
      out.count = count;
      reservePairs(out, count + hit);
      ({ centers, neighbors, shifts } = out);
    }
    for (let h = 0; h < hit; h++) {
      const s = hits[h];
      const dx = x[s] - xi;
      const dy = y[s] - yi;
      const dz = z[s] - zi;
      const distance = dx * dx + dy * dy + dz * dz;
      const j = atoms[s];
      const a = imageShifts[3 * s] + wa;
      const b = imageShifts[3 * s + 1] + wb;
      const c = imageShifts[3 * s + 2] + wc;
      if (dz < lowest || (j === i && a === 0 && b === 0 && c === 0)) continue;
      if (distance >= inner || dz <= doubtful) {
        if (!isPair(system, squared, half, i, j, a, b, c)) continue;
      }
      centers[count] = i;
      neighbors[count] = j;
      shifts[3 * count] = a;
      shifts[3 * count + 1] = b;
      shifts[3 * count + 2] = c;
      count += 1;
    }
    first[i + 1] = count;
  }
  out.count = count;
}

function grown(from: Int32Array, capacity: number): Int32Array {
  const to = new Int32Array(2 * capacity);
  to.set(from);
  return to;
}

/** Å between a coordinate and the slab from `low` to `low + width`, less what rounding may add; 0 inside. */
function gap(coordinate: number, low: number, width: number): number {
  return Math.max(0, low - coordinate, coordinate - low - width);
}

/** Decides from the positions as they are, with the operations of brute force in their order. */
function isPair(
  system: System,
  squared: number,
  half: boolean,
  i: number,
  j: number,
  a: number,
  b: number,
  c: number,
): boolean {
  const { positions, cell } = system;
  const x = positions[3 * j] - positions[3 * i] + (a * cell[0] + b * cell[3] + c * cell[6]);
  const y = positions[3 * j + 1] - positions[3 * i + 1] + (a * cell[1] + b * cell[4] + c * cell[7]);
  const z = positions[3 * j + 2] - positions[3 * i + 2] + (a * cell[2] + b * cell[5] + c * cell[8]);
  return x * x + y * y + z * z < squared && (!half || isUpper(x, y, z, i, j));
}
