// Which image of an atom is listed does not count: atoms moved by lattice vectors, the list built anew. Once more in a cell that
// leans, for a model may look for its neighbors along the axes alone.

import { asMdbenchError } from '../errors.js';
import type { System } from '../system/index.js';
import { agreement, excess } from './agreement.js';
import type { Examination, Finding, Item } from './examination.js';
import { leaning, scattered } from './motions.js';
import { roundingOf } from './rounding.js';

/** Share of the first lattice vector: the cell stays as wide as it was, but for one percent. */
const lean = 0.15;

/** Rounding of coordinates that lie up to two lattice vectors away. */
export const periodicImages: Item = {
  id: 'periodic-images',
  needs: ['periodic'],
  async run(examination) {
    const straight = await scatteredIn(examination, examination.system, {});
    try {
      const leant = await scatteredIn(examination, leaning(examination.system, lean), { leaning: true });
      return excess(leant) > excess(straight) ? leant : straight;
    } catch (error) {
      if (!refusals.includes(asMdbenchError(error).code)) throw error;
      return straight;
    }
  },
};

/** What a force field says that takes no such cell. */
const refusals = ['structure-invalid', 'cell-too-small'];

async function scatteredIn(
  { examinee }: Examination,
  system: System,
  values: Finding['values'],
): Promise<Finding> {
  const moved = scattered(system, 8);
  const truth = await examinee.evaluate(system);
  return agreement(
    await examinee.evaluate(moved),
    truth,
    roundingOf(examinee.precision, moved, truth),
    values,
  );
}
