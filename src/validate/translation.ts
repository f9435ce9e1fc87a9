// The place in space does not count: all atoms moved by one vector, energy and forces as before.

import { agreement } from './agreement.js';
import type { Item } from './examination.js';
import { translated } from './motions.js';
import { roundingOf } from './rounding.js';

/** Rounding of the coordinates of both places (see `roundingOf`); nothing else may differ. */
export const translation: Item = {
  id: 'translation',
  needs: [],
  async run({ examinee, system, truth }) {
    const moved = translated(system, [3.1, -7.7, 0.4]);
    return agreement(await examinee.evaluate(moved), truth, roundingOf(examinee.precision, moved, truth));
  },
};
