// Do two force calls say the same, up to rounding? Energy and forces are judged, each by its own tolerance. eV, eV/Å.

import type { ForceOutput } from '../forcefield/index.js';
import { type Finding, judged } from './examination.js';
import { largest, type Rounding } from './rounding.js';

type Said = Pick<ForceOutput, 'energy' | 'forces'>;

/** The finding is of the worse of both; `values` have both differences. */
export function agreement(
  got: Said,
  expected: Said,
  rounding: Rounding,
  values: Finding['values'] = {},
): Finding {
  const energy = Math.abs(got.energy - expected.energy);
  const force = largest(got.forces.map((value, k) => value - expected.forces[k]));
  const all = {
    energyDifference: finiteOrNull(energy),
    energyTolerance: rounding.energy,
    forceDifference: finiteOrNull(force),
    forceTolerance: rounding.force,
    ...values,
  };
  const ofEnergy = judged(energy, rounding.energy, 'eV', all);
  const ofForces = judged(force, rounding.force, 'eV/Å', all);
  return excess(ofEnergy) > excess(ofForces) ? ofEnergy : ofForces;
}

/** How many times a tolerance it is; infinite for what is no number, or more than a tolerance of nothing. */
export function excess({ value, tolerance }: Finding): number {
  if (value === null || tolerance === null) return Number.POSITIVE_INFINITY;
  return value === 0 ? 0 : value / tolerance;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
