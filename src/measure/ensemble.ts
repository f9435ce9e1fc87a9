// Both stages of a trajectory in the ensemble of its case: what is settled first, and what is measured.

import { runEnsemble, type StepObserver } from '../dynamics/index.js';
import type { CaseResult } from '../result/index.js';
import { barostatDefaults } from '../spec/barostat-defaults.js';
import type { DynamicsSpec } from '../spec/case.js';
import type { Preparation } from './preparation.js';

export interface StageOptions {
  readonly steps: number;
  readonly seed: number;
  readonly observer: StepObserver;
}

/** Langevin, so that the measured stage begins in equilibrium; for NPT with its barostat. */
export function runEquilibration(
  dynamics: DynamicsSpec,
  prepared: Preparation,
  options: StageOptions,
): Promise<number> {
  const ensemble = dynamics.ensemble === 'npt' ? 'npt' : 'nvt';
  return runEnsemble({ ...runOf(dynamics, prepared, options), ensemble });
}

/** Keeps the noise of the measured stage apart from that of the equilibration. */
const measuredStream = 0x6d656173;

/** The measured stage; the same seed gives the same bits. */
export function runMeasured(
  dynamics: DynamicsSpec,
  prepared: Preparation,
  { steps, seed, observer }: StageOptions,
): Promise<number> {
  const options = { steps, seed: seed + measuredStream, observer };
  return runEnsemble({ ...runOf(dynamics, prepared, options), ensemble: dynamics.ensemble });
}

/** What the document says of the measured stage, and of the bath before it. */
export function integratorNames({
  ensemble,
}: DynamicsSpec): Pick<CaseResult['dynamics'], 'integrator' | 'thermostat' | 'barostat'> {
  const thermostat = 'langevin-baoab';
  if (ensemble === 'nve') return { integrator: 'velocity-verlet', thermostat };
  if (ensemble === 'nvt') return { integrator: thermostat, thermostat };
  return { integrator: thermostat, thermostat, barostat: 'stochastic-cell-rescaling' };
}

function runOf(dynamics: DynamicsSpec, prepared: Preparation, options: StageOptions) {
  const { timestep, temperature, friction } = dynamics;
  const { pressure, barostatTime: time, compressibility } = barostatDefaults;
  const { system, forceField, list, output } = prepared;
  return {
    ...{ system, forceField, list, output, timestep, temperature, friction },
    ...options,
    barostat: {
      pressure: dynamics.pressure ?? pressure,
      time: dynamics.barostatTime ?? time,
      compressibility: dynamics.compressibility ?? compressibility,
    },
  };
}
