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
  const { repulsion, attraction, shift, cutoff } = terms;
  const kept = near.targets;
  const squares = near.squares;
  const cutoffSquare = cutoff * cutoff;
  const repulsionSlope = 12 * repulsion;
  const attractionSlope = 6 * attraction;
  const isSwitched = Number.isFinite(terms.switchStart);
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
    for (let q = 0; q < count; q++) {
      const j = kept[q];
      const inverse = 1 / squares[q];
      const dx = positions[j] - x;
      const dy = positions[j + 1] - y;
      const dz = positions[j + 2] - z;
      const sixth = inverse * inverse * inverse;
      energy += (repulsion * sixth - attraction) * sixth;
      const push = (repulsionSlope * sixth - attractionSlope) * sixth * inverse;
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
    if (isSwitched) energy += switchOff(terms, images, near, i, count);
    forces[3 * i] += fx;
    forces[3 * i + 1] += fy;
    forces[3 * i + 2] += fz;
  }
  output.energy = energy;
}

/**
 * What switching changes for the kept neighbors of center i: E (S − 1), with S(u) = (1 − u)³(1 + 3u + 6u²) = 1 − 10u³ + 15u⁴ − 6u⁵
 * and S′(u) = −30u²(1 − u)². Adds the forces, returns the energy.
 */
function switchOff(
  { repulsion, attraction, cutoff, switchStart }: LennardJonesTerms,
  { positions, forces }: Images,
  { targets, squares }: Near,
  i: number,
  count: number,
): number {
  const width = cutoff - switchStart;
  let energy = 0;
  for (let k = 0; k < count; k++) {
    const r = Math.sqrt(squares[k]);
    if (r <= switchStart) continue;
    const u = (r - switchStart) / width;
    const w = 1 - u;
    const sixth = 1 / squares[k] ** 3;
    const pair = (repulsion * sixth - attraction) * sixth;
    const pull = (12 * repulsion * sixth - 6 * attraction) * sixth;
    const loss = u * u * u * (-10 + 15 * u - 6 * u * u);
    const push = (pull * loss) / squares[k] + (pair * 30 * u * u * w * w) / (width * r);
    energy += pair * loss;
    for (let d = 0; d < 3; d++) {
      const force = push * (positions[targets[k] + d] - positions[3 * i + d]);
      forces[targets[k] + d] += force;
      forces[3 * i + d] -= force;
    }
  }
  return energy;
}
