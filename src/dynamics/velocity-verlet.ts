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
      for (let i = 0; i < kicks.length; i++) {
        const kick = kicks[i];
        const k = 3 * i;
        const vx = velocities[k] + kick * forces[k];
        const vy = velocities[k + 1] + kick * forces[k + 1];
        const vz = velocities[k + 2] + kick * forces[k + 2];
        velocities[k] = vx;
        velocities[k + 1] = vy;
        velocities[k + 2] = vz;
        positions[k] += timestep * vx;
        positions[k + 1] += timestep * vy;
        positions[k + 2] += timestep * vz;
      }
    },
    afterForces(output, state) {
      closingKick(system, kicks, output.forces, state);
      state.potentialEnergy = output.energy;
      state.conserved = output.energy + state.kineticEnergy;
    },
  };
}
