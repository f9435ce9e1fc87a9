// Velocity Verlet, NVE (Swope, Andersen, Berens & Wilson, J. Chem. Phys. 76, 637, 1982). Å, fs, eV.
//   v(t+Δt/2) = v(t) + F(t) Δt/2m        r(t+Δt) = r(t) + v(t+Δt/2) Δt
//   v(t+Δt) = v(t+Δt/2) + F(t+Δt) Δt/2m

import { closingKick, halfKicks } from './kick.js';
import { type Integrator, type Run, runSteps } from './run.js';

/**
 * Constant-energy dynamics; positions stay unwrapped.
 * @returns the number of completed steps
 * @throws MdbenchError `option-invalid`
 */
export function runVelocityVerlet(run: Run): Promise<number> {
  return runSteps(run, createVelocityVerlet);
}

function createVelocityVerlet({ system, timestep }: Run): Integrator {
  const { positions, velocities, masses } = system;
  const kicks = halfKicks(masses, timestep);
  return {
    beforeForces({ forces }) {
      for (let i = 0; i < masses.length; i++) {
        const kick = kicks[i];
        for (let k = 3 * i; k < 3 * i + 3; k++) {
          const velocity = velocities[k] + kick * forces[k];
          velocities[k] = velocity;
          positions[k] += timestep * velocity;
        }
      }
    },
    afterForces(output, state) {
      closingKick(system, kicks, output.forces, state);
      state.potentialEnergy = output.energy;
      state.conserved = output.energy + state.kineticEnergy;
    },
  };
}
