// Langevin dynamics, splitting BAOAB (Leimkuhler & Matthews, Appl. Math. Res. Express 2013, 34). Å, fs, eV, K.
//   B: v += F Δt/2m     A: r += v Δt/2     O: v ← e^{−γΔt} v + √((1 − e^{−2γΔt}) k_B T/m) R,   R standard normal
// Conserved: potential + kinetic − heat taken in O (Bussi & Parrinello, Phys. Rev. E 75, 056707, 2007).

import { MdbenchError } from '../errors.js';
import { createRandom } from '../random.js';
import { kineticEnergy } from '../system/index.js';
import { accelerationUnit, boltzmann } from '../system/units.js';
import { closingKick, halfKicks, removeMomentum } from './kick.js';
import { type Integrator, type Run, runSteps } from './run.js';

export interface LangevinRun extends Run {
  /** K */
  readonly temperature: number;
  /** γ in 1/fs */
  readonly friction: number;
  readonly seed: number;
}

/**
 * Constant-temperature dynamics for equilibration; the same seed gives the same bits. The center of mass is held at
 * rest in O (an exact projection: the other 3n − 3 degrees of freedom keep the canonical distribution); one atom alone moves freely.
 * @returns the number of completed steps
 * @throws MdbenchError `option-invalid`
 */
export async function runLangevin(run: LangevinRun): Promise<number> {
  checkThermostat(run);
  const steps = await runSteps(run, () => createLangevin(run));
  removeMomentum(run.system);
  return steps;
}

function createLangevin({ system, timestep, temperature, friction, seed }: LangevinRun): Integrator {
  const { positions, velocities, masses } = system;
  const random = createRandom(seed + noiseStream);
  const kicks = halfKicks(masses, timestep);
  const half = timestep / 2;
  const damping = Math.exp(-friction * timestep);
  const thermal = (1 - damping * damping) * boltzmann * temperature * accelerationUnit;
  const noise = masses.map((mass) => Math.sqrt(thermal / mass));
  let heat = 0;
  return {
    beforeForces({ forces }) {
      for (let k = 0; k < velocities.length; k++) {
        velocities[k] += kicks[Math.floor(k / 3)] * forces[k];
        positions[k] += half * velocities[k];
      }
      heat -= kineticEnergy(system);
      for (let k = 0; k < velocities.length; k++) {
        velocities[k] = damping * velocities[k] + noise[Math.floor(k / 3)] * random.normal();
      }
      removeMomentum(system);
      heat += kineticEnergy(system);
      for (let k = 0; k < velocities.length; k++) positions[k] += half * velocities[k];
    },
    afterForces(output, state) {
      closingKick(system, kicks, output.forces, state);
      state.potentialEnergy = output.energy;
      state.conserved = output.energy + state.kineticEnergy - heat;
    },
  };
}

/** Keeps the noise apart from velocities that were drawn with the same seed. */
const noiseStream = 0x6c616e67;

function checkThermostat({ temperature, friction }: LangevinRun): void {
  if (!(temperature >= 0 && Number.isFinite(temperature))) {
    throw new MdbenchError(
      'option-invalid',
      `The temperature must be a number of K ≥ 0, not ${temperature}.`,
    );
  }
  if (!(friction > 0 && Number.isFinite(friction))) {
    throw new MdbenchError(
      'option-invalid',
      `The friction must be a positive number of 1/fs, not ${friction}.`,
    );
  }
}
