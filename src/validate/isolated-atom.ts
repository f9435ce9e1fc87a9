// An atom alone: an empty neighbor list, a finite energy, no force.

import { loneAtom } from './clusters.js';
import { type Item, judged } from './examination.js';
import { largest, roundingOf } from './rounding.js';

/** Nothing can push a lone atom: its force is zero to the rounding of an energy's terms. Of each element examined. */
export const isolatedAtom: Item = {
  id: 'isolated-atom',
  needs: [],
  async run({ examinee, elements, place }) {
    let worst = judged(0, 1, 'eV/Å');
    for (const number of elements) {
      const atom = place(loneAtom(number));
      const said = await examinee.evaluate(atom);
      const push = Number.isFinite(said.energy) ? largest(said.forces) : Number.NaN;
      const { force } = roundingOf(examinee.precision, atom, { ...said, energy: 0 });
      const finding = judged(push, force, 'eV/Å', { number, energy: said.energy });
      if (finding.status === 'fail') return finding;
      if (worst.tolerance === 1 || finding.value! > worst.value!) worst = finding;
    }
    return worst;
  },
};
