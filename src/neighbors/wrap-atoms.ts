// Wraps atoms into the cell along periodic directions; positions themselves are left as they are. Å.

import type { System } from '../system/system.js';
import type { Images } from './images.js';
import { notFinite } from './limits.js';

/** Fills `wrapped`, `wraps`, the corners and the slack; throws `structure-invalid` at a position that is no number. */
export function wrapAtoms(system: System, cutoff: number, images: Images): void {
  const { positions } = system;
  const { vectors, inverse, periodic } = images.lattice;
  const n = positions.length / 3;
  if (images.wraps.length < 3 * n) {
    images.wrapped = new Float64Array(3 * n);
    images.wraps = new Int32Array(3 * n);
  }
  const { wrapped, wraps } = images;
  const pa = periodic[0];
  const pb = periodic[1];
  const pc = periodic[2];
  let lowX = Number.POSITIVE_INFINITY;
  let lowY = lowX;
  let lowZ = lowX;
  let highX = -lowX;
  let highY = -lowX;
  let highZ = -lowX;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const x = positions[3 * i];
    const y = positions[3 * i + 1];
    const z = positions[3 * i + 2];
    const a = pa ? Math.floor(x * inverse[0] + y * inverse[3] + z * inverse[6]) : 0;
    const b = pb ? Math.floor(x * inverse[1] + y * inverse[4] + z * inverse[7]) : 0;
    const c = pc ? Math.floor(x * inverse[2] + y * inverse[5] + z * inverse[8]) : 0;
    const size = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
    if (!(Math.max(Math.abs(a), Math.abs(b), Math.abs(c)) < 1e8 && size < 1e12)) throw notFinite(system, i);
    const wx = x - (a * vectors[0] + b * vectors[3] + c * vectors[6]);
    const wy = y - (a * vectors[1] + b * vectors[4] + c * vectors[7]);
    const wz = z - (a * vectors[2] + b * vectors[5] + c * vectors[8]);
    wraps[3 * i] = a;
    wraps[3 * i + 1] = b;
    wraps[3 * i + 2] = c;
    wrapped[3 * i] = wx;
    wrapped[3 * i + 1] = wy;
    wrapped[3 * i + 2] = wz;
    lowX = Math.min(lowX, wx);
    lowY = Math.min(lowY, wy);
    lowZ = Math.min(lowZ, wz);
    highX = Math.max(highX, wx);
    highY = Math.max(highY, wy);
    highZ = Math.max(highZ, wz);
    largest = Math.max(largest, size);
  }
  images.low[0] = lowX;
  images.low[1] = lowY;
  images.low[2] = lowZ;
  images.high[0] = highX;
  images.high[1] = highY;
  images.high[2] = highZ;
  const edges =
    Math.abs(vectors[0]) +
    Math.abs(vectors[1]) +
    Math.abs(vectors[2]) +
    Math.abs(vectors[3]) +
    Math.abs(vectors[4]) +
    Math.abs(vectors[5]);
  const scale = largest + cutoff + edges + Math.abs(vectors[6]) + Math.abs(vectors[7]) + Math.abs(vectors[8]);
  images.slack = 2 ** -44 * scale * images.lattice.skewness;
}
