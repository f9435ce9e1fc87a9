// Forces of a model that gives energies alone, by central differences: 6 n calls for one of n atoms. For checks and
// for graphs that cannot be differentiated, not for timing.

import type { Pairs } from '../../neighbors/pairs.js';
import type { System } from '../../system/system.js';
import type { ForceOutput } from '../force-field.js';

/** Å: where the rounding of the energy (float32: 1e-7 of it) and the error of the formula (h²) are about even. */
const steps: Readonly<Record<string, number>> = { float64: 1e-4, float32: 1e-2 };

/** Energy in eV of a system, for pairs that stay the same while one atom moves by a step. */
export type EnergyOf = (system: System, pairs: Pairs | null) => number;

/** Fills `output.forces` (n,3) with −ΔE/2h in eV/Å; the virial is not known and NaN. */
export function differenceForces(
  energyOf: EnergyOf,
  type: string,
  system: System,
  pairs: Pairs | null,
  output: ForceOutput,
): void {
  const h = steps[type] ?? steps.float32!;
  const positions = Float64Array.from(system.positions);
  const moved = { ...system, positions };
  for (let k = 0; k < positions.length; k++) {
    const place = system.positions[k]!;
    positions[k] = place + h;
    const above = energyOf(moved, pairs);
    positions[k] = place - h;
    output.forces[k] = (energyOf(moved, pairs) - above) / (2 * h);
    positions[k] = place;
  }
  output.virial.fill(Number.NaN);
}
