// Forces at the current positions: what every integrator needs before its first step.

import type { ForceField, ForceOutput } from '../forcefield/force-field.js';
import type { NeighborList } from '../neighbors/index.js';
import type { System } from '../system/system.js';

/**
 * Updates the list and calls the force field once.
 * @param list null iff `forceField.neighbors` is
 * @returns a promise only if the force field is asynchronous
 */
export function computeForces(
  system: System,
  forceField: ForceField,
  list: NeighborList | null,
  output: ForceOutput,
): void | Promise<void> {
  list?.update(system);
  return forceField.compute(system, list === null ? null : list.pairs, output);
}
