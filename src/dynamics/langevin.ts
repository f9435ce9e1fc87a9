// Langevin dynamics, splitting BAOAB (Leimkuhler & Matthews, Appl. Math. Res. Express 2013, 34). Å, fs, eV, K.
//   B: v += F Δt/2m     A: r += v Δt/2     O: the thermostat over Δt
// Conserved: potential + kinetic − heat taken in O (Bussi & Parrinello, Phys. Rev. E 75, 056707, 2007).

import { closingKick, halfKicks, kickAndDrift, removeMomentum } from './kick.js';
import { periodicVolume, pressureOf } from './pressure.js';
import { type Integrator, runSteps } from './run.js';
import { checkThermostat, createThermostat, type LangevinRun } from './thermostat.js';

/**
 * Constant-temperature dynamics; the same seed gives the same bits. The center of mass is held at rest in O (an exact
 * projection: the other 3n − 3 degrees of freedom keep the canonical distribution); one atom alone moves freely.
 * Kinetic energies are those at the end of a step, whose mean is too low by the order of Δt² (ω²Δt²/4 of an oscillator).
 * @returns the number of completed steps
 * @throws MdbenchError `option-invalid`
 */
export async function runLangevin(run: LangevinRun): Promise<number> {
  checkThermostat(run);
  const steps = await runSteps(run, () => createLangevin(run));
  removeMomentum(run.system);
  return steps;
}

function createLangevin(run: LangevinRun): Integrator {
  const { system, timestep } = run;
  const { positions, velocities, masses } = system;
  const thermostat = createThermostat(run);
  const kicks = halfKicks(masses, timestep);
  const half = timestep / 2;
  const volume = periodicVolume(system);
  return {
    beforeForces({ forces }) {
      kickAndDrift(system, kicks, forces, half);
      thermostat.apply();
      for (let k = 0; k < velocities.length; k++) positions[k] += half * velocities[k];
    },
    afterForces(output, state) {
      closingKick(system, kicks, output.forces, state);
      state.potentialEnergy = output.energy;
      state.conserved = output.energy + state.kineticEnergy - thermostat.heat;
      state.volume = volume;
      state.pressure = pressureOf(state.kineticEnergy, output.virial, volume);
    },
  };
}
