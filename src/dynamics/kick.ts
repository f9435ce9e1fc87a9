// Momentum updates and what is read off the velocities on the way. Å/fs, amu, eV, K.

import { degreesOfFreedom } from '../system/index.js';
import type { System } from '../system/system.js';
import { accelerationUnit, boltzmann, kineticUnit } from '../system/units.js';
import type { StepState } from './observer.js';

/** (n) velocity gained per unit force in half a timestep: Δt/2m, in (Å/fs)/(eV/Å). */
export function halfKicks(masses: Float64Array, timestep: number): Float64Array {
  return masses.map((mass) => (0.5 * timestep * accelerationUnit) / mass);
}

/** B and A of the splitting: v ← v + F Δt/2m, then r ← r + v `drift`, in fs. */
export function kickAndDrift(
  { positions, velocities }: System,
  kicks: Float64Array,
  forces: Float64Array,
  drift: number,
): void {
  for (let i = 0; i < kicks.length; i++) {
    const kick = kicks[i];
    for (let k = 3 * i; k < 3 * i + 3; k++) {
      velocities[k] += kick * forces[k];
      positions[k] += drift * velocities[k];
    }
  }
}

/** The closing half kick v ← v + F Δt/2m; kinetic energy, temperature and total momentum are summed in the same loop. */
export function closingKick(
  system: System,
  kicks: Float64Array,
  forces: Float64Array,
  state: StepState,
): void {
  const { masses, velocities } = system;
  const atoms = masses.length;
  let twice = 0;
  let px = 0;
  let py = 0;
  let pz = 0;
  for (let i = 0; i < atoms; i++) {
    const k = 3 * i;
    const kick = kicks[i];
    const mass = masses[i];
    const vx = velocities[k] + kick * forces[k];
    const vy = velocities[k + 1] + kick * forces[k + 1];
    const vz = velocities[k + 2] + kick * forces[k + 2];
    velocities[k] = vx;
    velocities[k + 1] = vy;
    velocities[k + 2] = vz;
    twice += mass * (vx * vx + vy * vy + vz * vz);
    px += mass * vx;
    py += mass * vy;
    pz += mass * vz;
  }
  state.kineticEnergy = 0.5 * kineticUnit * twice;
  state.temperature = (kineticUnit * twice) / (degreesOfFreedom(atoms) * boltzmann);
  state.momentum = Math.sqrt(px * px + py * py + pz * pz);
}

/** Brings the center of mass to rest; one atom alone keeps its velocity. */
export function removeMomentum(system: System): void {
  const { masses, velocities } = system;
  const atoms = masses.length;
  if (atoms < 2) return;
  let total = 0;
  let px = 0;
  let py = 0;
  let pz = 0;
  for (let i = 0; i < atoms; i++) {
    const mass = masses[i];
    total += mass;
    px += mass * velocities[3 * i];
    py += mass * velocities[3 * i + 1];
    pz += mass * velocities[3 * i + 2];
  }
  for (let i = 0; i < atoms; i++) {
    velocities[3 * i] -= px / total;
    velocities[3 * i + 1] -= py / total;
    velocities[3 * i + 2] -= pz / total;
  }
}
