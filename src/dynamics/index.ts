// Dynamics: integrators over a shared loop that announces its phases to an observer.

export { checkBarostat, runCellRescaling } from './cell-rescaling.js';
export { type EnsembleRun, runEnsemble } from './ensemble.js';
export { computeForces } from './forces.js';
export { runLangevin } from './langevin.js';
export type { StepObserver, StepState } from './observer.js';
export type { Run } from './run.js';
export { runVelocityVerlet } from './velocity-verlet.js';
