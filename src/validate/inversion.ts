// Left and right are alike: atoms inverted through the origin, the energy as before and the forces turned round.

import { agreement } from './agreement.js';
import type { Item } from './examination.js';
import { inverted } from './motions.js';
import { roundingOf } from './rounding.js';

/** Rounding alone: signs turn exactly, the order of sums may differ. */
export const inversion: Item = {
  id: 'inversion',
  needs: [],
  async run({ examinee, system, truth }) {
    const expected = { energy: truth.energy, forces: truth.forces.map((force) => -force) };
    const got = await examinee.evaluate(inverted(system));
    return agreement(got, expected, roundingOf(examinee.precision, system, truth));
  },
};
