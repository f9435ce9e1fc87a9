// Refreshes a list between builds: of the pairs of a skinned list, those within the cutoff now. Å.

import { type Pairs, reservePairs } from './pairs.js';

/** Fills `translations` (count,3), Å: shift · cell of every pair, fixed until the list or the cell changes. */
export function translatePairs(pairs: Pairs, cell: Float64Array, translations: Float64Array): void {
  const { shifts } = pairs;
  const [ax, ay, az, bx, by, bz, cx, cy, cz] = cell;
  for (let p = 0; p < 3 * pairs.count; p += 3) {
    const a = shifts[p];
    const b = shifts[p + 1];
    const c = shifts[p + 2];
    translations[p] = a * ax + b * bx + c * cx;
    translations[p + 1] = a * ay + b * by + c * cy;
    translations[p + 2] = a * az + b * bz + c * cz;
  }
}

/** Makes `out` the pairs of `skinned` that are nearer than `cutoff` at `positions`, in the same order. */
export type PairTrimmer = (
  positions: Float64Array,
  skinned: Pairs,
  translations: Float64Array,
  cutoff: number,
  out: Pairs,
) => void;

export function trimPairs(
  positions: Float64Array,
  skinned: Pairs,
  translations: Float64Array,
  cutoff: number,
  out: Pairs,
): void {
  reservePairs(out, skinned.count);
  if (out.first.length !== skinned.first.length) out.first = new Int32Array(skinned.first.length);
  const { first: firstBefore, neighbors: neighborsBefore, shifts: shiftsBefore } = skinned;
  const { centers, neighbors, shifts, first } = out;
  const squared = cutoff * cutoff;
  const n = first.length - 1;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const xi = positions[3 * i];
    const yi = positions[3 * i + 1];
    const zi = positions[3 * i + 2];
    const end = firstBefore[i + 1];
    for (let p = firstBefore[i]; p < end; p++) {
      const j = neighborsBefore[p];
      const x = positions[3 * j] - xi + translations[3 * p];
      const y = positions[3 * j + 1] - yi + translations[3 * p + 1];
      const z = positions[3 * j + 2] - zi + translations[3 * p + 2];
      centers[count] = i;
      neighbors[count] = j;
      shifts[3 * count] = shiftsBefore[3 * p];
      shifts[3 * count + 1] = shiftsBefore[3 * p + 1];
      shifts[3 * count + 2] = shiftsBefore[3 * p + 2];
      count += Number(x * x + y * y + z * z < squared);
    }
    first[i + 1] = count;
  }
  out.count = count;
}
