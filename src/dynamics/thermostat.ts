// The exact Ornstein–Uhlenbeck step of Langevin dynamics and the heat that it gives. Å/fs, amu, eV, K.
//   v ← e^{−γΔt} v + √((1 − e^{−2γΔt}) k_B T/m) R,   R standard normal

import { MdbenchError } from '../errors.js';
import { createRandom } from '../random.js';
import { kineticEnergy } from '../system/index.js';
import { accelerationUnit, boltzmann } from '../system/units.js';
import { removeMomentum } from './kick.js';
import type { Run } from './run.js';

export interface LangevinRun extends Run {
  /** K */
  readonly temperature: number;
  /** γ in 1/fs */
  readonly friction: number;
  readonly seed: number;
}

export interface Thermostat {
  /** eV that the velocities have been given so far. */
  readonly heat: number;
  /** One whole timestep; the center of mass is at rest afterwards, unless it is one atom alone. */
  apply(): void;
}

/** Keeps the noise apart from velocities that were drawn with the same seed. */
const noiseStream = 0x6c616e67;

export function createThermostat({ system, timestep, temperature, friction, seed }: LangevinRun): Thermostat {
  const { velocities, masses } = system;
  const random = createRandom(seed + noiseStream);
  const damping = Math.exp(-friction * timestep);
  const thermal = (1 - damping * damping) * boltzmann * temperature * accelerationUnit;
  const noise = masses.map((mass) => Math.sqrt(thermal / mass));
  let heat = 0;
  return {
    get heat() {
      return heat;
    },
    apply() {
      heat -= kineticEnergy(system);
      for (let i = 0; i < noise.length; i++) {
        const width = noise[i];
        for (let k = 3 * i; k < 3 * i + 3; k++)
          velocities[k] = damping * velocities[k] + width * random.normal();
      }
      removeMomentum(system);
      heat += kineticEnergy(system);
    },
  };
}

/** @throws MdbenchError `option-invalid` */
export function checkThermostat({ temperature, friction }: LangevinRun): void {
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
