// Trajectories in an ensemble, from a system to the states of every step after it has settled.

import { type EnsembleRun, runEnsemble, type StepState } from '../../src/dynamics/index.js';
import type { ForceField } from '../../src/forcefield/force-field.js';
import { drawVelocities, type System } from '../../src/system/index.js';
import { createRecorder, prepareRun } from './physics-runs.js';

export interface SampledRun extends Pick<EnsembleRun, 'ensemble' | 'temperature' | 'steps'> {
  readonly timestep?: number;
  readonly friction?: number;
  readonly seed?: number;
  /** Steps that are left out. */
  readonly settle?: number;
  readonly barostat?: Partial<EnsembleRun['barostat']>;
}

export async function sampleEnsemble(
  system: System,
  forceField: ForceField,
  asked: SampledRun,
): Promise<StepState[]> {
  const { ensemble, temperature, steps, timestep = 1, friction = 0.02, seed = 1, settle = 0 } = asked;
  drawVelocities(system, temperature, seed);
  const observer = createRecorder();
  const run = await prepareRun(system, forceField, { timestep, steps: steps + settle, observer });
  const barostat = { pressure: 0, time: 1000, compressibility: 0.45, ...asked.barostat };
  await runEnsemble({ ...run, ensemble, temperature, friction, seed, barostat });
  return observer.states.slice(settle);
}
