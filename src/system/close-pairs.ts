// Every pair of atoms closer than a radius, periodic images included, by linked cells: any triclinic cell, any mix of
// boundaries, cells smaller than the radius. For checks before a run; the dynamics has a room of its own for its list.

import { cellInverse, completedCell, planeSpacings } from './cell.js';
import type { System } from './system.js';

type PairVisitor = (i: number, j: number, distance: number) => void;

interface Bins {
  readonly cell: Float64Array;
  /** (3) bins along each lattice vector, and how many of them the radius reaches over. */
  readonly counts: readonly number[];
  readonly reach: readonly number[];
  /** (n,3) positions in Å, wrapped along periodic directions, and the (n,3) bin of each atom. */
  readonly wrapped: Float64Array;
  readonly places: Int32Array;
  /** First atom of each bin, and the atom after each atom; -1 ends the chain. */
  readonly head: Int32Array;
  readonly next: Int32Array;
}

/** Visits each pair i ≤ j with distance < radius (Å) once; an atom and its own image are a pair (i = j), seen from one side. */
export function forEachClosePair(system: System, radius: number, visit: PairVisitor): void {
  const bins = fillBins(system, radius);
  for (let i = 0; i < system.numbers.length; i++) visitAround(i, system, bins, radius, visit);
}

/** Shortest distance in Å between two atoms, or between an atom and its own image; null for a single atom in the open. */
export function shortestDistance(system: System): number | null {
  let shortest = Number.POSITIVE_INFINITY;
  if (system.numbers.length < 2 && !system.pbc.includes(true)) return null;
  for (let radius = 2; shortest === Number.POSITIVE_INFINITY && radius < 1e12; radius *= 2) {
    forEachClosePair(system, radius, (_i, _j, distance) => {
      shortest = Math.min(shortest, distance);
    });
  }
  return shortest;
}

function visitAround(i: number, system: System, bins: Bins, radius: number, visit: PairVisitor): void {
  const { cell, counts, wrapped, head, next } = bins;
  const [na, nb, nc] = counts;
  const [[a0, a1], [b0, b1], [c0, c1]] = [0, 1, 2].map((d) => binRange(bins, i, d, system.pbc[d]));
  for (let a = a0; a <= a1; a++) {
    const sa = Math.floor(a / na);
    for (let b = b0; b <= b1; b++) {
      const sb = Math.floor(b / nb);
      for (let c = c0; c <= c1; c++) {
        const sc = Math.floor(c / nc);
        const forward = sa > 0 || (sa === 0 && (sb > 0 || (sb === 0 && sc > 0)));
        const x = sa * cell[0] + sb * cell[3] + sc * cell[6] - wrapped[3 * i];
        const y = sa * cell[1] + sb * cell[4] + sc * cell[7] - wrapped[3 * i + 1];
        const z = sa * cell[2] + sb * cell[5] + sc * cell[8] - wrapped[3 * i + 2];
        for (let j = head[((a - sa * na) * nb + b - sb * nb) * nc + c - sc * nc]; j >= 0; j = next[j]) {
          if (j < i || (j === i && !forward)) continue;
          const dx = wrapped[3 * j] + x;
          const dy = wrapped[3 * j + 1] + y;
          const dz = wrapped[3 * j + 2] + z;
          const square = dx * dx + dy * dy + dz * dz;
          if (square < radius * radius) visit(i, j, Math.sqrt(square));
        }
      }
    }
  }
}

function binRange(bins: Bins, i: number, d: number, periodic: boolean): [number, number] {
  const [low, high] = [bins.places[3 * i + d] - bins.reach[d], bins.places[3 * i + d] + bins.reach[d]];
  return periodic ? [low, high] : [Math.max(0, low), Math.min(bins.counts[d] - 1, high)];
}

function fillBins(system: System, radius: number): Bins {
  const n = system.numbers.length;
  const cell = completedCell(system.cell, system.pbc);
  const { wrapped, fractions } = wrap(system, cell);
  const spacings = planeSpacings(cell);
  const most = Math.ceil(2 * Math.cbrt(n));
  const places = new Int32Array(3 * n);
  const counts = [1, 1, 1];
  const reach = [0, 0, 0];
  for (let d = 0; d < 3; d++) {
    const [low, extent] = system.pbc[d] ? [0, 1] : range(fractions, d);
    const width = extent * spacings[d];
    if (width === 0) continue;
    counts[d] = Math.max(1, Math.min(most, Math.floor(width / (1.000001 * radius))));
    reach[d] = Math.ceil((radius * counts[d]) / width);
    for (let i = 0; i < n; i++) {
      const share = (fractions[3 * i + d] - low) / extent;
      places[3 * i + d] = Math.min(counts[d] - 1, Math.floor(share * counts[d]));
    }
  }
  const head = new Int32Array(counts[0] * counts[1] * counts[2]).fill(-1);
  const next = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const bin = (places[3 * i] * counts[1] + places[3 * i + 1]) * counts[2] + places[3 * i + 2];
    next[i] = head[bin];
    head[bin] = i;
  }
  return { cell, counts, reach, wrapped, places, head, next };
}

/** @returns (n,3) positions in Å and in fractions of the cell, both wrapped along periodic directions */
function wrap(system: System, cell: Float64Array): { wrapped: Float64Array; fractions: Float64Array } {
  const inverse = cellInverse(cell);
  const wrapped = Float64Array.from(system.positions);
  const fractions = new Float64Array(wrapped.length);
  for (let i = 0; i < system.numbers.length; i++) {
    const [x, y, z] = system.positions.subarray(3 * i, 3 * i + 3);
    for (let d = 0; d < 3; d++) {
      const fraction = x * inverse[d] + y * inverse[3 + d] + z * inverse[6 + d];
      const turns = system.pbc[d] ? Math.floor(fraction) : 0;
      fractions[3 * i + d] = fraction - turns;
      for (let k = 0; k < 3; k++) wrapped[3 * i + k] -= turns * cell[3 * d + k];
    }
  }
  return { wrapped, fractions };
}

function range(fractions: Float64Array, d: number): [low: number, extent: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = d; k < fractions.length; k += 3) {
    low = Math.min(low, fractions[k]);
    high = Math.max(high, fractions[k]);
  }
  return [low, high - low];
}
