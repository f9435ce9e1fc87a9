// The Stillinger–Weber sum over a full list with skin. Per center: keep the few neighbors inside the cutoff, then their
// pair terms (once per pair) and the triples with the center as apex. Å, eV.

import type { Pairs } from '../neighbors/pairs.js';
import type { Images } from './analytic-images.js';
import type { ForceOutput } from './force-field.js';

/** φ₂ = A ε (B (σ/r)⁴ − 1) e^{σ/(r−aσ)};  φ₃ = λ ε (cos θ − cos θ₀)² e^{γσ/(r−aσ)} e^{γσ/(s−aσ)}. */
export interface StillingerWeberTerms {
  /** A ε B σ⁴ in eV·Å⁴, and A ε in eV. */
  readonly repulsion: number;
  readonly attraction: number;
  /** λ ε in eV */
  readonly bending: number;
  readonly cosine: number;
  /** a σ, σ and γ σ in Å. */
  readonly cutoff: number;
  readonly pairDecay: number;
  readonly tripleDecay: number;
}

/** What is kept of one center's neighbors, `widest` at most. */
export interface NearBonds {
  /** Pair of the list. */
  pairs: Int32Array;
  /** (widest,6) unit vector to the neighbor, 1/r, g = e^{γσ/(r−aσ)}, −(dg/dr)/g. */
  bonds: Float64Array;
}

const stride = 6;

/** Fills the energy of `output` and the forces of `images`; `near` has room for `images.widest` neighbors. */
export function sumStillingerWeber(
  terms: StillingerWeberTerms,
  pairs: Pairs,
  images: Images,
  near: NearBonds,
  output: ForceOutput,
): void {
  output.energy = 0;
  for (let i = 0; i < images.atoms; i++) {
    const count = keepNear(terms, pairs, images, near, i);
    sumPairs(terms, pairs, images, near, output, i, count);
    sumTriples(terms, images, near, output, i, count);
  }
}

/** Neighbors of center i strictly inside the cutoff (where the exponentials are finite), counted. */
function keepNear(
  { cutoff, tripleDecay }: StillingerWeberTerms,
  { first }: Pairs,
  { positions, targets }: Images,
  { pairs: kept, bonds }: NearBonds,
  i: number,
): number {
  const x = positions[3 * i];
  const y = positions[3 * i + 1];
  const z = positions[3 * i + 2];
  const limit = cutoff * cutoff * (1 - 1e-15);
  const end = first[i + 1];
  let count = 0;
  for (let k = first[i]; k < end; k++) {
    const j = targets[k];
    const dx = positions[j] - x;
    const dy = positions[j + 1] - y;
    const dz = positions[j + 2] - z;
    kept[count] = k;
    count += Number(dx * dx + dy * dy + dz * dz < limit);
  }
  for (let q = 0; q < count; q++) {
    const j = targets[kept[q]];
    const dx = positions[j] - x;
    const dy = positions[j + 1] - y;
    const dz = positions[j + 2] - z;
    const r = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const inverse = 1 / r;
    const reach = 1 / (r - cutoff);
    const b = stride * q;
    bonds[b] = dx * inverse;
    bonds[b + 1] = dy * inverse;
    bonds[b + 2] = dz * inverse;
    bonds[b + 3] = inverse;
    bonds[b + 4] = Math.exp(tripleDecay * reach);
    bonds[b + 5] = tripleDecay * reach * reach;
  }
  return count;
}

/** Pair terms of center i: both (i,j,S) and (j,i,−S) are in the list, the one with j > i counts; images of i itself count half. */
function sumPairs(
  { repulsion, attraction, cutoff, pairDecay }: StillingerWeberTerms,
  { neighbors }: Pairs,
  { forces, targets }: Images,
  { pairs: kept, bonds }: NearBonds,
  output: ForceOutput,
  i: number,
  count: number,
): void {
  let energy = 0;
  for (let q = 0; q < count; q++) {
    const k = kept[q];
    if (neighbors[k] < i) continue;
    const weight = neighbors[k] === i ? 0.5 : 1;
    const b = stride * q;
    const inverse = bonds[b + 3];
    const reach = 1 / (1 / inverse - cutoff);
    const decay = weight * Math.exp(pairDecay * reach);
    const square = inverse * inverse;
    const repelling = repulsion * square * square;
    const pair = (repelling - attraction) * decay;
    const push = 4 * repelling * inverse * decay + pair * pairDecay * reach * reach;
    energy += pair;
    const gx = push * bonds[b];
    const gy = push * bonds[b + 1];
    const gz = push * bonds[b + 2];
    const j = targets[k];
    forces[j] += gx;
    forces[j + 1] += gy;
    forces[j + 2] += gz;
    forces[3 * i] -= gx;
    forces[3 * i + 1] -= gy;
    forces[3 * i + 2] -= gz;
  }
  output.energy += energy;
}

/** Triples j–i–k of center i: E = λ ε g_j g_k (c − c₀)² with c the cosine between the bonds, dc/dr_j = (e_k − c e_j)/r_j. */
function sumTriples(
  { bending, cosine }: StillingerWeberTerms,
  { forces, targets }: Images,
  { pairs: kept, bonds }: NearBonds,
  output: ForceOutput,
  i: number,
  count: number,
): void {
  let energy = 0;
  let fx = 0;
  let fy = 0;
  let fz = 0;
  for (let q = 0; q < count; q++) {
    const a = stride * q;
    const ax = bonds[a];
    const ay = bonds[a + 1];
    const az = bonds[a + 2];
    const inverseA = bonds[a + 3];
    const gA = bending * bonds[a + 4];
    const slopeA = bonds[a + 5];
    let along = 0;
    let gx = 0;
    let gy = 0;
    let gz = 0;
    for (let s = q + 1; s < count; s++) {
      const b = stride * s;
      const bx = bonds[b];
      const by = bonds[b + 1];
      const bz = bonds[b + 2];
      const c = ax * bx + ay * by + az * bz;
      const away = c - cosine;
      const strength = gA * bonds[b + 4] * away;
      const triple = strength * away;
      const twist = 2 * strength;
      energy += triple;
      const acrossA = twist * inverseA;
      const acrossB = twist * bonds[b + 3];
      along += triple * slopeA + acrossA * c;
      gx -= acrossA * bx;
      gy -= acrossA * by;
      gz -= acrossA * bz;
      const alongB = triple * bonds[b + 5] + acrossB * c;
      const hx = alongB * bx - acrossB * ax;
      const hy = alongB * by - acrossB * ay;
      const hz = alongB * bz - acrossB * az;
      const j = targets[kept[s]];
      forces[j] += hx;
      forces[j + 1] += hy;
      forces[j + 2] += hz;
      fx -= hx;
      fy -= hy;
      fz -= hz;
    }
    gx += along * ax;
    gy += along * ay;
    gz += along * az;
    const j = targets[kept[q]];
    forces[j] += gx;
    forces[j + 1] += gy;
    forces[j + 2] += gz;
    fx -= gx;
    fy -= gy;
    fz -= gz;
  }
  forces[3 * i] += fx;
  forces[3 * i + 1] += fy;
  forces[3 * i + 2] += fz;
  output.energy += energy;
}
