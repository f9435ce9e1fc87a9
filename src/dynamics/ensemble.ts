// The dynamics of each ensemble behind one call.

import { type Barostat, runCellRescaling } from './cell-rescaling.js';
import { runLangevin } from './langevin.js';
import type { LangevinRun } from './thermostat.js';
import { runVelocityVerlet } from './velocity-verlet.js';

export interface EnsembleRun extends LangevinRun {
  readonly ensemble: 'nve' | 'nvt' | 'npt';
  /** Of NPT. */
  readonly barostat: Barostat;
}

/**
 * Velocity Verlet, Langevin, or Langevin with stochastic cell rescaling.
 * @returns the number of completed steps
 * @throws MdbenchError as the integrator of the ensemble does
 */
export function runEnsemble(run: EnsembleRun): Promise<number> {
  switch (run.ensemble) {
    case 'nve':
      return runVelocityVerlet(run);
    case 'nvt':
      return runLangevin(run);
    case 'npt':
      return runCellRescaling(run);
  }
}
