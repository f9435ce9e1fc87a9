// An atom alone: an empty neighbor list, a finite energy, no force.

import { symbolOf } from '../system/index.js';
import { loneAtom } from './clusters.js';
import { type Item, judged } from './examination.js';
import { largest, restForce } from './rounding.js';

/** Nothing can push a lone atom: its force is zero to the rounding of a bond's. Of each element examined. */
export const isolatedAtom: Item = {
  id: 'isolated-atom',
  needs: [],
  async run({ examinee, elements, place }) {
    let worst = judged(0, 1, 'eV/Å');
    for (const number of elements) {
      const atom = place(loneAtom(number));
      const said = await examinee.evaluate(atom);
      const push = Number.isFinite(said.energy) ? largest(said.forces) : Number.NaN;
      const finding = judged(push, restForce(examinee.precision), 'eV/Å', {
        element: symbolOf(number),
        energy: Number.isFinite(said.energy) ? said.energy : null,
      });
      if (finding.status === 'fail') return finding;
      if (worst.tolerance === 1 || finding.value! > worst.value!) worst = finding;
    }
    return worst;
  },
};
