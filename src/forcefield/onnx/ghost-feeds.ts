// Images of atoms as atoms of their own (ghosts), after the true ones: which atom each is an image of, and by how many
// lattice vectors it is shifted.

import type { Pairs } from '../../neighbors/pairs.js';
import type { Binding, InputBinding } from './binding.js';
import { batched } from './dimensions.js';
import { writeShift } from './edge-feeds.js';
import type { Feed, Moment } from './feed.js';
import { speciesCodes } from './species-feed.js';
import { createTensorBuffer, writeIntegers } from './tensor-buffer.js';

/** Only the first `count` entries mean anything; the first n are the true atoms. */
interface Ghosts {
  count: number;
  /** (capacity) the atom that each is an image of. */
  sources: Int32Array;
  /** (capacity,3) whole numbers of lattice vectors. */
  shifts: Int32Array;
  /** (pairs) the neighbor of each pair, as one of all atoms. */
  neighbors: Int32Array;
}
export type GhostsOf = (moment: Moment) => Ghosts;

/** For systems of `n` atoms; found once for every moment, however many feeds ask. */
export function createGhosts(n: number): GhostsOf {
  const ghosts: Ghosts = {
    count: 0,
    sources: new Int32Array(0),
    shifts: new Int32Array(0),
    neighbors: new Int32Array(0),
  };
  let last: Moment | null = null;
  return (moment) => {
    if (moment !== last) findGhosts(moment.pairs!, n, ghosts);
    last = moment;
    return ghosts;
  };
}

export function ghostFeed(
  input: InputBinding,
  binding: Binding,
  numbers: Int32Array,
  ghostsOf: GhostsOf,
): Feed['update'] {
  switch (input.role) {
    case 'ghost-shifts':
      return shiftsFeed(input, binding.units.lengthScale, ghostsOf);
    case 'ghost-species': {
      const codes = speciesCodes(binding.species!, numbers);
      return eachFeed(input, ghostsOf, (atom) => codes[atom]);
    }
    case 'contributing':
      return eachFeed(input, ghostsOf, (_, k) => (k < numbers.length ? 1 : 0));
    default:
      return eachFeed(input, ghostsOf, (atom) => atom);
  }
}

function findGhosts({ count, neighbors, shifts }: Pairs, n: number, ghosts: Ghosts): void {
  reserve(ghosts, n + count, count);
  for (let atom = 0; atom < n; atom++) ghosts.sources[atom] = atom;
  ghosts.shifts.fill(0, 0, 3 * n);
  ghosts.count = n;
  const known = new Map<number, number>();
  for (let k = 0; k < count; k++) {
    const a = shifts[3 * k];
    const b = shifts[3 * k + 1];
    const c = shifts[3 * k + 2];
    ghosts.neighbors[k] = (a | b | c) === 0 ? neighbors[k] : imageOf(neighbors[k], a, b, c, known, ghosts);
  }
}

function imageOf(
  atom: number,
  a: number,
  b: number,
  c: number,
  known: Map<number, number>,
  ghosts: Ghosts,
): number {
  const key = ((atom * reach + a + reach / 2) * reach + b + reach / 2) * reach + c + reach / 2;
  const found = known.get(key);
  if (found !== undefined) return found;
  const index = ghosts.count++;
  known.set(key, index);
  ghosts.sources[index] = atom;
  ghosts.shifts[3 * index] = a;
  ghosts.shifts[3 * index + 1] = b;
  ghosts.shifts[3 * index + 2] = c;
  return index;
}

/** More cells than any image is away, along one lattice vector. */
const reach = 4096;

function reserve(ghosts: Ghosts, atoms: number, pairs: number): void {
  if (ghosts.sources.length < atoms) {
    ghosts.sources = new Int32Array(Math.ceil(1.5 * atoms));
    ghosts.shifts = new Int32Array(3 * ghosts.sources.length);
  }
  if (ghosts.neighbors.length < pairs) ghosts.neighbors = new Int32Array(Math.ceil(1.5 * pairs));
}

function shiftsFeed(input: InputBinding, lengthScale: number, ghostsOf: GhostsOf): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return (moment) => {
    const { count, shifts } = ghostsOf(moment);
    const target = buffer.reserve(3 * count);
    for (let k = 0; k < count; k++) writeShift(shifts, k, moment.cell, 1 / lengthScale, target, k);
    return buffer.tensor([count, 3]);
  };
}

/** A whole number for each of all atoms, from the atom that it is an image of and its place. */
function eachFeed(
  input: InputBinding,
  ghostsOf: GhostsOf,
  value: (atom: number, k: number) => number,
): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  let values = new Int32Array(0);
  return (moment) => {
    const { count, sources } = ghostsOf(moment);
    if (values.length < count) values = new Int32Array(Math.ceil(1.5 * count));
    for (let k = 0; k < count; k++) values[k] = value(sources[k], k);
    writeIntegers(values, count, buffer.reserve(count), buffer.stride);
    return buffer.tensor(batched(input, [count]));
  };
}
