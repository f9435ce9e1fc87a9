// Size-extensive: two cells, or two copies too far apart to feel each other, have twice the energy and the same forces.

import { repeatSystem, type System } from '../system/index.js';
import { agreement } from './agreement.js';
import type { Examination, Item } from './examination.js';
import { extentOf, opened, twice } from './motions.js';
import { roundingOf } from './rounding.js';

/** Å between two copies where the cutoff is unknown: dipoles of molecules feel less than 1e-4 eV of each other there. */
const farApart = 50;

/** Rounding of twice the atoms. */
export const supercell: Item = {
  id: 'supercell',
  needs: ['sizes'],
  async run(examination) {
    const { examinee, truth } = examination;
    const both = doubled(examination);
    const expected = { energy: 2 * truth.energy, forces: [...truth.forces, ...truth.forces] };
    const got = await examinee.evaluate(both);
    const said = {
      energy: expected.energy,
      forces: Float64Array.from(expected.forces),
      virial: truth.virial,
    };
    return agreement(got, said, roundingOf(examinee.precision, both, said), {
      copies: both.pbc.includes(true) ? 'cells' : 'apart',
    });
  },
};

function doubled({ system, examinee: { cutoff } }: Examination): System {
  const axis = system.pbc.indexOf(true);
  if (axis < 0) return opened(twice(system, extentOf(system) + (cutoff === null ? farApart : cutoff + 5)));
  return repeatSystem(system, [0, 1, 2].map((d) => (d === axis ? 2 : 1)) as [number, number, number]);
}
