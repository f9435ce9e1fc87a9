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
  const ax = cell[0];
  const ay = cell[1];
  const az = cell[2];
  const bx = cell[3];
  const by = cell[4];
  const bz = cell[5];
  const cx = cell[6];
  const cy = cell[7];
  const cz = cell[8];
  positions.set(system.positions);
  for (let g = 0; g < count; g++) {
    const from = 3 * sources[g];
    const to = 3 * (atoms + g);
    const a = shifts[3 * g];
    const b = shifts[3 * g + 1];
    const c = shifts[3 * g + 2];
    positions[to] = positions[from] + (a * ax + b * bx + c * cx);
    positions[to + 1] = positions[from + 1] + (a * ay + b * by + c * cy);
    positions[to + 2] = positions[from + 2] + (a * az + b * bz + c * cz);
  }
  forces.fill(0, 0, 3 * (atoms + count));
}

/** Forces on images are those of their atoms; the virial is Σ r ⊗ F over atoms and images. */
export function collectImages(images: Images, output: ForceOutput): void {
  const { positions, forces, sources, atoms, count } = images;
  const { virial, forces: total } = output;
  let xx = 0;
  let yy = 0;
  let zz = 0;
  let xy = 0;
  let xz = 0;
  let yz = 0;
  for (let row = 0; row < atoms + count; row++) {
    const k = 3 * row;
    const x = positions[k];
    const y = positions[k + 1];
    const fx = forces[k];
    const fy = forces[k + 1];
    const fz = forces[k + 2];
    xx += x * fx;
    yy += y * fy;
    zz += positions[k + 2] * fz;
    xy += x * fy;
    xz += x * fz;
    yz += y * fz;
    if (row < atoms) {
      total[k] = fx;
      total[k + 1] = fy;
      total[k + 2] = fz;
    } else {
      const to = 3 * sources[row - atoms];
      total[to] += fx;
      total[to + 1] += fy;
      total[to + 2] += fz;
    }
  }
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
    const end = first[i + 1];
    images.widest = Math.max(images.widest, end - first[i]);
    for (let k = first[i]; k < end; k++) {
      const j = neighbors[k];
      const a = shifts[3 * k];
      const b = shifts[3 * k + 1];
      const c = shifts[3 * k + 2];
      targets[k] = 3 * ((a | b | c) === 0 ? j : atoms + imageOf(images, j, a, b, c));
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

/** The image of an atom in cell (a,b,c), found or added. */
function imageOf(images: Images, atom: number, a: number, b: number, c: number): number {
  const { shifts, earlier } = images;
  let image = images.newest[atom];
  while (
    image >= 0 &&
    !(shifts[3 * image] === a && shifts[3 * image + 1] === b && shifts[3 * image + 2] === c)
  ) {
    image = earlier[image];
  }
  return image >= 0 ? image : addImage(images, atom, a, b, c);
}

function addImage(images: Images, atom: number, a: number, b: number, c: number): number {
  const image = images.count++;
  if (image === images.sources.length) growImages(images);
  images.sources[image] = atom;
  images.shifts[3 * image] = a;
  images.shifts[3 * image + 1] = b;
  images.shifts[3 * image + 2] = c;
  images.earlier[image] = images.newest[atom];
  images.newest[atom] = image;
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
