// Velocities and temperature: Maxwell–Boltzmann draws, kinetic energy, degrees of freedom. Å/fs, amu, eV, K.

import { MdbenchError } from '../errors.js';
import { createRandom } from '../random.js';
import type { System } from './system.js';
import { boltzmann, kineticUnit } from './units.js';

/**
 * Fills `system.velocities`: drawn from the Maxwell–Boltzmann distribution, the center of mass brought to rest,
 * then scaled so that `temperatureOf` gives exactly the asked temperature. Equal seeds give equal bits.
 * A single atom keeps its center-of-mass motion: it has no other.
 * @param temperature K, not negative
 * @throws `option-invalid`
 */
export function drawVelocities(system: System, temperature: number, seed: number): void {
  if (!(temperature >= 0 && Number.isFinite(temperature))) {
    throw new MdbenchError(
      'option-invalid',
      `A temperature in K, 0 or above, was expected, received ${temperature}.`,
    );
  }
  const random = createRandom(seed);
  for (let i = 0; i < system.masses.length; i++) {
    const spread = 1 / Math.sqrt(system.masses[i]);
    for (let d = 0; d < 3; d++) system.velocities[3 * i + d] = spread * random.normal();
  }
  if (system.masses.length > 1) removeCenterOfMassMotion(system);
  if (temperature === 0) system.velocities.fill(0);
  else scaleBy(Math.sqrt(temperature / temperatureOf(system)), system.velocities);
}

/** Kinetic energy in eV. */
export function kineticEnergy(system: Pick<System, 'masses' | 'velocities'>): number {
  const { masses, velocities } = system;
  let sum = 0;
  for (let i = 0; i < masses.length; i++) {
    const x = velocities[3 * i];
    const y = velocities[3 * i + 1];
    const z = velocities[3 * i + 2];
    sum += masses[i] * (x * x + y * y + z * z);
  }
  return 0.5 * sum * kineticUnit;
}

/** Instantaneous temperature in K, over `degreesOfFreedom`. */
export function temperatureOf(system: Pick<System, 'masses' | 'velocities'>): number {
  return (2 * kineticEnergy(system)) / (degreesOfFreedom(system.masses.length) * boltzmann);
}

/** 3n − 3, since the center of mass stays at rest; 3 for a single atom. */
export function degreesOfFreedom(atoms: number): number {
  return atoms > 1 ? 3 * atoms - 3 : 3;
}

function removeCenterOfMassMotion({ masses, velocities }: System): void {
  const momentum = [0, 0, 0];
  let total = 0;
  for (let i = 0; i < masses.length; i++) {
    total += masses[i];
    for (let d = 0; d < 3; d++) momentum[d] += masses[i] * velocities[3 * i + d];
  }
  for (let k = 0; k < velocities.length; k++) velocities[k] -= momentum[k % 3] / total;
}

function scaleBy(factor: number, values: Float64Array): void {
  for (let k = 0; k < values.length; k++) values[k] *= factor;
}
