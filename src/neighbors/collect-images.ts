// Finds the periodic images within reach of the wrapped atoms and sorts them into bins (counting sort). Å.

import type { System } from '../system/system.js';
import type { Images } from './images.js';
import { type Lattice, readLattice } from './lattice.js';
import { maximalImages, maximalPairs, tooManyImages, tooManyPairs } from './limits.js';
import { wrapAtoms } from './wrap-atoms.js';

/** Images in the order in which they are found: x, y, z; atom and bin; shift. */
let coordinates = new Float64Array(0);
let atomAndBin = new Int32Array(0);
let found = new Int32Array(0);

/** Fills `images` with all that can be within `cutoff` of an atom of `system`, in bins about `binWidth` wide. */
export function collectImages(system: System, cutoff: number, binWidth: number, images: Images): void {
  readLattice(system, images.lattice);
  wrapAtoms(system, cutoff, images);
  const expected = expectedImages(system, cutoff, images.lattice);
  placeGrid(images, cutoff, binWidth, expected);
  reserveUnsorted(Math.ceil(1.2 * expected) + 64);
  enumerateImages(images, cutoff, system.positions.length / 3);
  sortIntoBins(images);
}

/**
 * Images in a cell that is evenly filled; throws `cell-too-small` where they, and `structure-invalid` where the pairs
 * that go with them, are absurdly many.
 */
export function expectedImages(system: System, cutoff: number, lattice: Lattice): number {
  const { heights } = lattice;
  const n = system.positions.length / 3;
  let expected = n;
  for (let k = 0; k < 3; k++) expected *= 1 + (2 * cutoff) / heights[k];
  if (expected > maximalImages) throw tooManyImages(system, cutoff, expected);
  if ((n * n * 4.19 * cutoff ** 3) / lattice.volume > maximalPairs) throw tooManyPairs(system, cutoff);
  return expected;
}

/** The grid covers all that is within the cutoff of the wrapped atoms, with at most about two bins an image. */
function placeGrid(images: Images, cutoff: number, binWidth: number, expected: number): void {
  const { low, high, corner, width, bins, slack } = images;
  const limit = Math.max(64, 2 * expected);
  for (let target = binWidth; ; target *= 1.25) {
    for (let k = 0; k < 3; k++) {
      const extent = high[k] - low[k] + 2 * (cutoff + slack);
      const fitting = Math.max(1, Math.floor(extent / target));
      corner[k] = low[k] - cutoff - slack;
      bins[k] = Math.min(fitting, 1e6);
      width[k] = extent / bins[k];
    }
    if (bins[0] * bins[1] * bins[2] <= limit) break;
  }
  const total = bins[0] * bins[1] * bins[2];
  if (images.starts.length < total + 2) images.starts = new Int32Array(Math.ceil(1.2 * total) + 2);
}

function enumerateImages(images: Images, cutoff: number, n: number): void {
  const { wrapped, wraps, low, high, corner, width, bins, starts, slack, lattice } = images;
  const { inverse, heights, periodic } = lattice;
  const { vectors } = lattice;
  const ax = vectors[0];
  const ay = vectors[1];
  const az = vectors[2];
  const bx = vectors[3];
  const by = vectors[4];
  const bz = vectors[5];
  const cx = vectors[6];
  const cy = vectors[7];
  const cz = vectors[8];
  const pa = periodic[0];
  const pb = periodic[1];
  const pc = periodic[2];
  const reach = cutoff + slack;
  const reachA = reach / heights[0] + 1e-9;
  const reachB = reach / heights[1] + 1e-9;
  const reachC = reach / heights[2] + 1e-9;
  const perAtom = Math.ceil(2 + 2 * reachA) * Math.ceil(2 + 2 * reachB) * Math.ceil(2 + 2 * reachC);
  const lowX = low[0] - reach;
  const lowY = low[1] - reach;
  const lowZ = low[2] - reach;
  const highX = high[0] + reach;
  const highY = high[1] + reach;
  const highZ = high[2] + reach;
  const nx = bins[0];
  const ny = bins[1];
  const nz = bins[2];
  const perX = 1 / width[0];
  const perY = 1 / width[1];
  const perZ = 1 / width[2];
  starts.fill(0, 0, nx * ny * nz + 2);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (count + perAtom > atomAndBin.length / 2) reserveUnsorted(Math.ceil(1.5 * count) + perAtom);
    const x = wrapped[3 * i];
    const y = wrapped[3 * i + 1];
    const z = wrapped[3 * i + 2];
    const fa = x * inverse[0] + y * inverse[3] + z * inverse[6];
    const fb = x * inverse[1] + y * inverse[4] + z * inverse[7];
    const fc = x * inverse[2] + y * inverse[5] + z * inverse[8];
    const lastA = pa ? Math.floor(1 + reachA - fa) : 0;
    const lastB = pb ? Math.floor(1 + reachB - fb) : 0;
    const lastC = pc ? Math.floor(1 + reachC - fc) : 0;
    const firstB = pb ? Math.ceil(-reachB - fb) : 0;
    const firstC = pc ? Math.ceil(-reachC - fc) : 0;
    for (let a = pa ? Math.ceil(-reachA - fa) : 0; a <= lastA; a++) {
      for (let b = firstB; b <= lastB; b++) {
        for (let c = firstC; c <= lastC; c++) {
          const px = x + (a * ax + b * bx + c * cx);
          const py = y + (a * ay + b * by + c * cy);
          const pz = z + (a * az + b * bz + c * cz);
          if (px < lowX || px > highX || py < lowY || py > highY || pz < lowZ || pz > highZ) continue;
          const kx = Math.min(nx - 1, Math.max(0, Math.floor((px - corner[0]) * perX)));
          const ky = Math.min(ny - 1, Math.max(0, Math.floor((py - corner[1]) * perY)));
          const kz = Math.min(nz - 1, Math.max(0, Math.floor((pz - corner[2]) * perZ)));
          const bin = (kz * ny + ky) * nx + kx;
          starts[bin + 2] += 1;
          coordinates[3 * count] = px;
          coordinates[3 * count + 1] = py;
          coordinates[3 * count + 2] = pz;
          atomAndBin[2 * count] = i;
          atomAndBin[2 * count + 1] = bin;
          found[3 * count] = a - wraps[3 * i];
          found[3 * count + 1] = b - wraps[3 * i + 1];
          found[3 * count + 2] = c - wraps[3 * i + 2];
          count += 1;
        }
      }
    }
  }
  images.count = count;
}

/** Counts of bin b stand in `starts[b + 2]`; afterwards `starts[b]` is where bin b begins. */
function sortIntoBins(images: Images): void {
  const { count, starts, bins } = images;
  const total = bins[0] * bins[1] * bins[2];
  for (let b = 2; b <= total + 1; b++) starts[b] += starts[b - 1];
  if (images.atoms.length < count) reserveSorted(images, Math.ceil(1.2 * count));
  const { x, y, z, atoms, shifts } = images;
  for (let k = 0; k < count; k++) {
    const to = starts[atomAndBin[2 * k + 1] + 1]++;
    x[to] = coordinates[3 * k];
    y[to] = coordinates[3 * k + 1];
    z[to] = coordinates[3 * k + 2];
    atoms[to] = atomAndBin[2 * k];
    shifts[3 * to] = found[3 * k];
    shifts[3 * to + 1] = found[3 * k + 1];
    shifts[3 * to + 2] = found[3 * k + 2];
  }
}

function reserveSorted(images: Images, capacity: number): void {
  images.x = new Float64Array(capacity);
  images.y = new Float64Array(capacity);
  images.z = new Float64Array(capacity);
  images.atoms = new Int32Array(capacity);
  images.shifts = new Int32Array(3 * capacity);
}

/** Keeps what has been found so far. */
function reserveUnsorted(capacity: number): void {
  if (capacity <= atomAndBin.length / 2) return;
  const before = { coordinates, atomAndBin, found };
  coordinates = new Float64Array(3 * capacity);
  atomAndBin = new Int32Array(2 * capacity);
  found = new Int32Array(3 * capacity);
  coordinates.set(before.coordinates);
  atomAndBin.set(before.atomAndBin);
  found.set(before.found);
}
