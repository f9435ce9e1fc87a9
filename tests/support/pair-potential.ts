// The pair potential of the test models in closed form: E = Σ_pairs ½ s_i s_j A (1 − r²/c²)³ within the cutoff c,
// both directions counted. eV, Å.

import type { System } from '../../src/system/system.js';

export const amplitude = 1.5;
export const cutoff = 4;
/** Strength by atomic number: hydrogen, carbon, oxygen, silicon, argon. */
export const strengths: Readonly<Record<number, number>> = { 1: 0.5, 6: 1.25, 8: -0.75, 14: 1, 18: 0.8 };

export interface Truth {
  readonly energy: number;
  readonly forces: Float64Array;
  readonly virial: Float64Array;
}

/** The potential in closed form over every pair and image within the cutoff, found by trying all nearby images. */
export function pairTruth(system: System, strength = (number: number) => strengths[number] ?? 0): Truth {
  const { positions, numbers, cell, pbc } = system;
  const forces = new Float64Array(positions.length);
  const virial = new Float64Array(9);
  let energy = 0;
  const reach = [0, 1, 2].map((d) => (pbc[d] ? [-3, -2, -1, 0, 1, 2, 3] : [0]));
  for (let i = 0; i < numbers.length; i++)
    for (let j = 0; j < numbers.length; j++)
      for (const a of reach[0]!)
        for (const b of reach[1]!)
          for (const c of reach[2]!) {
            if (i === j && a === 0 && b === 0 && c === 0) continue;
            const v = [0, 1, 2].map(
              (k) =>
                positions[3 * j + k] - positions[3 * i + k] + a * cell[k] + b * cell[3 + k] + c * cell[6 + k],
            );
            const w = Math.max(0, 1 - (v[0]! ** 2 + v[1]! ** 2 + v[2]! ** 2) / cutoff ** 2);
            const weight = amplitude * strength(numbers[i]) * strength(numbers[j]);
            energy += 0.5 * weight * w ** 3;
            for (let k = 0; k < 3; k++) {
              const slope = (-3 * weight * w ** 2 * v[k]!) / cutoff ** 2;
              forces[3 * i + k] += slope;
              forces[3 * j + k] -= slope;
              for (let l = 0; l < 3; l++) virial[3 * k + l] -= slope * v[l]!;
            }
          }
  return { energy, forces, virial };
}
