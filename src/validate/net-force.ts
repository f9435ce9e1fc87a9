// A system does not push itself: its forces sum to zero (translation of an energy; a direct force model need not).

import { type Item, judged } from './examination.js';
import { largest, roundingOf } from './rounding.js';

/** Rounding of n forces that err independently: √n times that of one. */
export const netForce: Item = {
  id: 'net-force',
  needs: [],
  async run({ examinee, system, truth }) {
    const total = [0, 1, 2].map((d) => truth.forces.reduce((sum, f, k) => (k % 3 === d ? sum + f : sum), 0));
    const { force } = roundingOf(examinee.precision, system, truth);
    return judged(largest(total), force * Math.sqrt(system.numbers.length), 'eV/Å', {
      largestForce: largest(truth.forces),
    });
  },
};
