// The pressure of a periodic system, (2 E_kin + tr W)/3V with the virial W = −dE/dε. eV, Å³, GPa.

import { cellVolume } from '../system/index.js';
import type { System } from '../system/system.js';
import { pressureUnit } from '../system/units.js';

/**
 * Instantaneous pressure in GPa; NaN where the force field gives no virial or the volume is none.
 * @param virial (3,3) in eV
 * @param volume Å³
 */
export function pressureOf(kineticEnergy: number, virial: Float64Array, volume: number): number {
  return (pressureUnit * (2 * kineticEnergy + virial[0] + virial[4] + virial[8])) / (3 * volume);
}

/** Volume in Å³; NaN where a direction is open. */
export function periodicVolume({ cell, pbc }: System): number {
  return pbc.every(Boolean) ? cellVolume(cell) : Number.NaN;
}
