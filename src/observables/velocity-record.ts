// Sampled velocities, bounded in memory: of a system too large for it a seeded choice of atoms is kept, element by
// element, each weighted by the atoms that it stands for.

import { createRandom } from '../random.js';
import type { System } from '../system/index.js';

export interface VelocityRecord {
  readonly count: number;
  /** Of each sample: three for each kept atom. */
  readonly components: number;
  /** (samples, components) Å/fs */
  readonly values: Float32Array;
  /** (components) amu: the mass of the atom times the number of atoms of its element that it stands for. */
  readonly weights: Float64Array;
  add(velocities: Float64Array): void;
}

/** Numbers kept at most: 64 MB. */
const maximalValues = 16_000_000;

/** @param samples at most; what is added beyond them is left out */
export function createVelocityRecord(
  { numbers, masses }: System,
  { samples, seed, most = maximalValues }: { samples: number; seed: number; most?: number },
): VelocityRecord {
  const kept = keptAtoms(numbers, Math.max(1, Math.floor(most / (3 * samples))), seed);
  const components = 3 * kept.atoms.length;
  const values = new Float32Array(samples * components);
  let count = 0;
  return {
    get count() {
      return count;
    },
    components,
    values,
    weights: Float64Array.from({ length: components }, (_, k) => {
      const atom = Math.floor(k / 3);
      return masses[kept.atoms[atom]] * kept.shares[atom];
    }),
    add(velocities) {
      if (count === samples) return;
      let at = count * components;
      for (const atom of kept.atoms) {
        for (let d = 0; d < 3; d++) values[at++] = velocities[3 * atom + d];
      }
      count++;
    },
  };
}

/** All atoms where they are `most` or fewer; else of each element its share of them, one at least. */
function keptAtoms(numbers: Int32Array, most: number, seed: number): { atoms: number[]; shares: number[] } {
  const all = Array.from(numbers, (_, atom) => atom);
  if (all.length <= most) return { atoms: all, shares: all.map(() => 1) };
  const random = createRandom(seed);
  const atoms: number[] = [];
  const shares: number[] = [];
  for (const number of new Set(numbers)) {
    const members = all.filter((atom) => numbers[atom] === number);
    const wanted = Math.max(1, Math.floor((most * members.length) / all.length));
    for (let k = 0; k < wanted; k++) {
      const other = k + random.integer(members.length - k);
      [members[k], members[other]] = [members[other], members[k]];
      atoms.push(members[k]);
      shares.push(members.length / wanted);
    }
  }
  return { atoms, shares };
}
