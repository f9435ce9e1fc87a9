// What another program computes in, by the noise of its energies.

import type { System } from '../system/index.js';
import type { Examinee } from './examinee.js';
import { translated } from './motions.js';

/** eV, of each eV and each atom: energies that differ by more where all is moved are not of double precision, or not converged. */
const doubleNoise = 1e-12;

/** By the energies of the same system at three places. */
export async function seenPrecision(examinee: Examinee, system: System): Promise<Examinee['precision']> {
  const { energy } = await examinee.evaluate(system);
  for (const by of [0.01, 0.03]) {
    const moved = await examinee.evaluate(translated(system, [by, -2 * by, by / 3]));
    if (!(Math.abs(moved.energy - energy) < doubleNoise * (Math.abs(energy) + system.numbers.length)))
      return 'float32';
  }
  return 'float64';
}
