// How the loop of dynamics/ tells what it does, so that timing lives elsewhere and costs nothing when nobody listens.

export interface StepState {
  /** eV. */
  potentialEnergy: number;
  /** eV, from velocities at the same time point as the positions. */
  kineticEnergy: number;
  /** eV, what the integrator should keep: potential + kinetic for NVE, less what its baths gave for the others. */
  conserved: number;
  /** K, from 3n − 3 degrees of freedom (3n for one atom). */
  temperature: number;
  /** amu·Å/fs, norm of the total momentum. */
  momentum: number;
  /** GPa, instantaneous; NaN in NVE and where there is no virial. */
  pressure: number;
  /** Å³; NaN in NVE and where a direction is open. */
  volume: number;
}

/** Called in this order in every step; the state object is one and the same, overwritten at each step. */
export interface StepObserver {
  stepBegin(): void;
  neighborsBegin(): void;
  neighborsEnd(rebuilt: boolean): void;
  forcesBegin(): void;
  forcesEnd(): void;
  stepEnd(step: number, state: StepState): void;
  /** Between steps, outside what is timed. A promise pauses the run; `true` (or resolving to it) stops it after this step. */
  afterStep(step: number, state: StepState): boolean | Promise<boolean>;
}
