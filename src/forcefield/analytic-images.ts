// Atoms followed by the periodic images that a pair list refers to: a pair becomes two indices into one array of
// positions, and the virial a single sum over that array (Thompson, Plimpton & Mattson, J. Chem. Phys. 131, 154107). Å, eV.

import type { Pairs } from '../neighbors/pairs.js';
import type { System } from '../system/system.js';
import type { ForceOutput } from './force-field.js';

/** Buffers of one force field, grown when a list needs more and reused from call to call. */
export interface Images {
  /** (atoms + images, 3) atoms first. */
  positions: Float64Array;
  /** (atoms + images, 3) forces on each of them, to be filled by the kernel; zero after `placeImages`. */
  forces: Float64Array;
  /** (pairs) three times the row of each pair's neighbor in `positions`. */
  targets: Int32Array;
  atoms: number;
  count: number;
  /** Most pairs of any one center. */
  widest: number;
  /** (images) the atom that each is an image of, and (images,3) its cell shift. */
  sources: Int32Array;
  shifts: Int32Array;
  /** Images of one atom as a chain: (atoms) the newest, (images) the one before; −1 ends it. */
  newest: Int32Array;
  earlier: Int32Array;
  /** The list that `targets` was made from. */
  pairs: Pairs | null;
  version: number | undefined;
}

export function createImages(): Images {
  return {
    positions: new Float64Array(0),
    forces: new Float64Array(0),
    targets: new Int32Array(0),
    atoms: 0,
    count: 0,
    widest: 0,
    sources: new Int32Array(0),
    shifts: new Int32Array(0),
    newest: new Int32Array(0),
    earlier: new Int32Array(0),
    pairs: null,
    version: undefined,
  };
}

/** Brings the images to the positions of `system` and clears their forces; finds them anew where the list has changed. */
export function placeImages(images: Images, system: System, pairs: Pairs): void {
  const isKept = pairs.version !== undefined && pairs.version === images.version && pairs === images.pairs;
  if (!isKept || images.atoms !== system.numbers.length) findImages(images, pairs, system.numbers.length);
  const { positions, forces, sources, shifts, atoms, count } = images;
  const { cell } = system;
  positions.set(system.positions);
  for (let g = 0; g < count; g++) {
    const from = 3 * sources[g];
    const to = 3 * (atoms + g);
    const a = shifts[3 * g];
    const b = shifts[3 * g + 1];
    const c = shifts[3 * g + 2];
    positions[to] = positions[from] + (a * cell[0] + b * cell[3] + c * cell[6]);
    positions[to + 1] = positions[from + 1] + (a * cell[1] + b * cell[4] + c * cell[7]);
    positions[to + 2] = positions[from + 2] + (a * cell[2] + b * cell[5] + c * cell[8]);
  }
  forces.fill(0);
}

/** Adds the forces on images to those of their atoms and sums the virial Σ r ⊗ F over all of them. */
export function collectImages(images: Images, output: ForceOutput): void {
  const { positions, forces, sources, atoms, count } = images;
  const { virial } = output;
  let xx = 0;
  let yy = 0;
  let zz = 0;
  let xy = 0;
  let xz = 0;
  let yz = 0;
  for (let k = 0; k < 3 * (atoms + count); k += 3) {
    const x = positions[k];
    const y = positions[k + 1];
    const fy = forces[k + 1];
    const fz = forces[k + 2];
    xx += x * forces[k];
    yy += y * fy;
    zz += positions[k + 2] * fz;
    xy += x * fy;
    xz += x * fz;
    yz += y * fz;
  }
  for (let g = 0; g < count; g++) {
    const from = 3 * (atoms + g);
    const to = 3 * sources[g];
    forces[to] += forces[from];
    forces[to + 1] += forces[from + 1];
    forces[to + 2] += forces[from + 2];
  }
  for (let k = 0; k < 3 * atoms; k++) output.forces[k] = forces[k];
  virial[0] = xx;
  virial[4] = yy;
  virial[8] = zz;
  virial[1] = virial[3] = xy;
  virial[2] = virial[6] = xz;
  virial[5] = virial[7] = yz;
}

function findImages(images: Images, pairs: Pairs, atoms: number): void {
  if (images.targets.length < pairs.count) images.targets = new Int32Array(pairs.centers.length);
  if (images.newest.length !== atoms) images.newest = new Int32Array(atoms);
  images.newest.fill(-1);
  images.atoms = atoms;
  images.count = 0;
  images.widest = 0;
  const { targets } = images;
  const { neighbors, shifts, first } = pairs;
  for (let i = 0; i < atoms; i++) {
    images.widest = Math.max(images.widest, first[i + 1] - first[i]);
    for (let k = first[i]; k < first[i + 1]; k++) {
      const a = shifts[3 * k];
      const b = shifts[3 * k + 1];
      const c = shifts[3 * k + 2];
      const isAtom = (a | b | c) === 0;
      targets[k] = 3 * (isAtom ? neighbors[k] : atoms + imageOf(images, neighbors[k], a, b, c));
    }
  }
  const size = 3 * (atoms + images.count);
  if (images.positions.length < size || images.positions.length > 2 * size) {
    images.positions = new Float64Array(Math.ceil(1.2 * size));
    images.forces = new Float64Array(Math.ceil(1.2 * size));
  }
  images.pairs = pairs;
  images.version = pairs.version;
}

function imageOf(images: Images, atom: number, a: number, b: number, c: number): number {
  const { newest, earlier, shifts } = images;
  for (let g = newest[atom]; g >= 0; g = earlier[g]) {
    if (shifts[3 * g] === a && shifts[3 * g + 1] === b && shifts[3 * g + 2] === c) return g;
  }
  const image = images.count++;
  if (image === images.sources.length) growImages(images);
  images.sources[image] = atom;
  images.shifts[3 * image] = a;
  images.shifts[3 * image + 1] = b;
  images.shifts[3 * image + 2] = c;
  images.earlier[image] = newest[atom];
  newest[atom] = image;
  return image;
}

function growImages(images: Images): void {
  const size = Math.max(64, 2 * images.sources.length);
  images.sources = extended(images.sources, size);
  images.shifts = extended(images.shifts, 3 * size);
  images.earlier = extended(images.earlier, size);
}

function extended(from: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}
