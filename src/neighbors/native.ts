// The same builder and trimmer in C++, through the addon: equal lists in equal order. Å.

import { type Addon, addon, backend } from '../addon.js';
import { MdbenchError } from '../errors.js';
import type { System } from '../system/system.js';
import { binFraction } from './cell-list.js';
import { expectedImages } from './collect-images.js';
import { emptyLattice, readLattice } from './lattice.js';
import { checkCutoff, maximalPairs, notFinite, tooManyPairs } from './limits.js';
import { type PairKind, type Pairs, reservePairs } from './pairs.js';

const lattice = emptyLattice();

/** Cell, vectors, inverse, heights, as native/binding.cc reads them. */
const frame = new Float64Array(30);

/** Cutoff, bin width, expected images, limit of pairs, skewness, periodic directions as bits, half. */
const settings = new Float64Array(7);

/** As `buildPairs`; throws `provider-unavailable` where there is no addon. */
export function nativeBuildPairs(system: System, cutoff: number, kind: PairKind, out: Pairs): void {
  const native = requireAddon();
  checkCutoff(cutoff);
  const n = system.positions.length / 3;
  if (out.first.length !== n + 1) out.first = new Int32Array(n + 1);
  out.count = 0;
  if (n === 0) return;
  describe(system, cutoff, kind);
  let count = build(native, system, out);
  if (count > maximalPairs) throw tooManyPairs(system, cutoff);
  if (count > out.centers.length) {
    reservePairs(out, count);
    count = build(native, system, out);
  }
  if (count < 0) throw notFinite(system, -1 - count);
  out.count = count;
}

/** As `trimPairs`; throws `provider-unavailable` where there is no addon. */
export function nativeTrimPairs(
  positions: Float64Array,
  skinned: Pairs,
  translations: Float64Array,
  cutoff: number,
  out: Pairs,
): void {
  reservePairs(out, skinned.count);
  if (out.first.length !== skinned.first.length) out.first = new Int32Array(skinned.first.length);
  out.count = requireAddon().trimPairs(
    positions,
    translations,
    cutoff,
    skinned.centers,
    skinned.neighbors,
    skinned.shifts,
    skinned.first,
    out.centers,
    out.neighbors,
    out.shifts,
    out.first,
  );
}

export function requireAddon(): Addon {
  if (addon !== null) return addon;
  throw new MdbenchError(
    'provider-unavailable',
    `The native backend is not there: ${backend.reason}.`,
    'Use the reference backend, or install a C++ compiler and run: npm run build',
  );
}

function describe(system: System, cutoff: number, kind: PairKind): void {
  readLattice(system, lattice);
  frame.set(system.cell, 0);
  frame.set(lattice.vectors, 9);
  frame.set(lattice.inverse, 18);
  frame.set(lattice.heights, 27);
  settings[0] = cutoff;
  settings[1] = binFraction * cutoff;
  settings[2] = expectedImages(system, cutoff, lattice);
  settings[3] = maximalPairs;
  settings[4] = lattice.skewness;
  settings[5] = Number(system.pbc[0]) + 2 * Number(system.pbc[1]) + 4 * Number(system.pbc[2]);
  settings[6] = Number(kind === 'half');
}

function build(native: Addon, system: System, out: Pairs): number {
  return native.buildPairs(
    system.positions,
    frame,
    settings,
    out.centers,
    out.neighbors,
    out.shifts,
    out.first,
  );
}
