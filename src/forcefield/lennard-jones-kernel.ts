// The Lennard-Jones sum over a half list with skin. Per center: first keep the neighbors inside the cutoff (without a
// branch), then compute on those alone. Å, eV.

import type { Pairs } from '../neighbors/pairs.js';
import type { Images } from './analytic-images.js';
import type { ForceOutput } from './force-field.js';

/** E(r) = repulsion/r¹² − attraction/r⁶ − shift, times S(x) from `switchStart` on. */
export interface LennardJonesTerms {
  /** 4εσ¹² in eV·Å¹² */
  readonly repulsion: number;
  /** 4εσ⁶ in eV·Å⁶ */
  readonly attraction: number;
  /** eV, subtracted from every pair's energy. */
  readonly shift: number;
  readonly cutoff: number;
  /** Infinity: not switched. */
  readonly switchStart: number;
}

/** (widest) what is kept of one center's neighbors. */
export interface Near {
  targets: Int32Array;
  squares: Float64Array;
}

/** Fills the energy of `output` and the forces of `images`; `near` has room for `images.widest` neighbors. */
export function sumLennardJones(
  terms: LennardJonesTerms,
  pairs: Pairs,
  images: Images,
  near: Near,
  output: ForceOutput,
): void {
  const { positions, forces, targets, atoms } = images;
  const { first } = pairs;
  const { repulsion, attraction, shift, cutoff, switchStart } = terms;
  const kept = near.targets;
  const squares = near.squares;
  const cutoffSquare = cutoff * cutoff;
  const startSquare = switchStart * switchStart;
  const width = cutoff - switchStart;
  let energy = 0;
  for (let i = 0; i < atoms; i++) {
    const x = positions[3 * i];
    const y = positions[3 * i + 1];
    const z = positions[3 * i + 2];
    const end = first[i + 1];
    let count = 0;
    for (let k = first[i]; k < end; k++) {
      const j = targets[k];
      const dx = positions[j] - x;
      const dy = positions[j + 1] - y;
      const dz = positions[j + 2] - z;
      const square = dx * dx + dy * dy + dz * dz;
      kept[count] = j;
      squares[count] = square;
      count += Number(square < cutoffSquare);
    }
    let fx = 0;
    let fy = 0;
    let fz = 0;
    for (let k = 0; k < count; k++) {
      const j = kept[k];
      const square = squares[k];
      const dx = positions[j] - x;
      const dy = positions[j + 1] - y;
      const dz = positions[j + 2] - z;
      const inverse = 1 / square;
      const sixth = inverse * inverse * inverse;
      const repelling = repulsion * sixth * sixth;
      const attracting = attraction * sixth;
      let pair = repelling - attracting;
      let push = (12 * repelling - 6 * attracting) * inverse;
      if (square > startSquare) {
        const r = Math.sqrt(square);
        const u = (r - switchStart) / width;
        const w = 1 - u;
        push = push * switched(u) + (pair * 30 * u * u * w * w) / (width * r);
        pair *= switched(u);
      }
      energy += pair;
      const gx = push * dx;
      const gy = push * dy;
      const gz = push * dz;
      fx -= gx;
      fy -= gy;
      fz -= gz;
      forces[j] += gx;
      forces[j + 1] += gy;
      forces[j + 2] += gz;
    }
    energy -= count * shift;
    forces[3 * i] += fx;
    forces[3 * i + 1] += fy;
    forces[3 * i + 2] += fz;
  }
  output.energy = energy;
}

/** S(u) = (1 − u)³(1 + 3u + 6u²) = 1 − 10u³ + 15u⁴ − 6u⁵. */
function switched(u: number): number {
  const w = 1 - u;
  return w * w * w * (1 + 3 * u + 6 * u * u);
}
