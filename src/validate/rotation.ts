// The direction in space does not count: atoms and cell turned, the energy as before and the forces turned along.

import { asMdbenchError } from '../errors.js';
import type { System } from '../system/index.js';
import { agreement } from './agreement.js';
import type { Examination, Finding, Item } from './examination.js';
import { cyclicRotation, generalRotation, type Matrix, timesMatrix, transformed } from './motions.js';
import { roundingOf } from './rounding.js';

/** Rounding as for a translation; a model that takes cells along the axes alone is turned from axis to axis. */
export const rotation: Item = {
  id: 'rotation',
  needs: [],
  async run(examination) {
    try {
      return await turned(examination, generalRotation, false);
    } catch (error) {
      if (asMdbenchError(error).code !== 'structure-invalid') throw error;
      return turned(examination, cyclicRotation, true);
    }
  },
};

async function turned(
  { examinee, system, truth }: Examination,
  matrix: Matrix,
  alongAxes: boolean,
): Promise<Finding> {
  const rotated = alongAxes ? relabelled(transformed(system, matrix)) : transformed(system, matrix);
  const expected = { energy: truth.energy, forces: timesMatrix(truth.forces, matrix) };
  const rounding = roundingOf(examinee.precision, rotated, truth);
  return agreement(await examinee.evaluate(rotated), expected, rounding, { alongAxes });
}

/** Turned from axis to axis, the lattice vectors are named anew: the first one again is along x. */
function relabelled(system: System): System {
  const { cell, pbc } = system;
  return {
    ...system,
    cell: Float64Array.from([...cell.slice(6), ...cell.slice(0, 6)]),
    pbc: [pbc[2], pbc[0], pbc[1]],
  };
}
