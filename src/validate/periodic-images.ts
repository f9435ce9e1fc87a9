// Which image of an atom is listed does not count: atoms moved by lattice vectors, the list built anew.

import { agreement } from './agreement.js';
import type { Item } from './examination.js';
import { scattered } from './motions.js';
import { roundingOf } from './rounding.js';

/** Rounding of coordinates that lie up to two lattice vectors away. */
export const periodicImages: Item = {
  id: 'periodic-images',
  needs: ['periodic'],
  async run({ examinee, system, truth }) {
    const moved = scattered(system, 8);
    return agreement(await examinee.evaluate(moved), truth, roundingOf(examinee.precision, moved, truth));
  },
};
