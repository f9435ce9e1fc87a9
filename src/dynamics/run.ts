// The loop every integrator shares: move, list, forces, finish, and tell the observer. eV, Å, fs, K.

import { MdbenchError } from '../errors.js';
import { createForceOutput, type ForceField, type ForceOutput } from '../forcefield/force-field.js';
import type { NeighborList } from '../neighbors/index.js';
import type { System } from '../system/system.js';
import { computeForces } from './forces.js';
import type { StepObserver, StepState } from './observer.js';

export interface Run {
  /** Moved in place: positions and velocities are those of the last step when the run ends. */
  readonly system: System;
  /** Prepared for this system. */
  readonly forceField: ForceField;
  /** Null iff `forceField.neighbors` is. */
  readonly list: NeighborList | null;
  /** fs */
  readonly timestep: number;
  readonly steps: number;
  readonly observer?: StepObserver;
  /** Holds the forces at the current positions (see `computeForces`); without it the run computes them itself first. */
  readonly output?: ForceOutput;
}

/** What an integrator does on both sides of the force call. */
export interface Integrator {
  /** From the old forces to the new positions. */
  beforeForces(output: ForceOutput): void;
  /** From the new forces to full-step velocities; fills the fields of `state`, in NVE all but pressure and volume. */
  afterForces(output: ForceOutput, state: StepState): void;
}

/**
 * Runs until `steps` are done or the observer stops it. A synchronous force field is never awaited.
 * @returns the number of completed steps
 * @throws MdbenchError `option-invalid` for a timestep or a number of steps that cannot be run
 */
export async function runSteps(run: Run, createIntegrator: (run: Run) => Integrator): Promise<number> {
  checkRun(run);
  const { system, forceField, list, steps, observer } = run;
  const output = run.output ?? createForceOutput(system.numbers.length);
  if (run.output === undefined) await computeForces(system, forceField, list, output);
  const pairs = list === null ? null : list.pairs;
  const integrator = createIntegrator(run);
  const state = createStepState();
  for (let step = 1; step <= steps; step++) {
    observer?.stepBegin();
    integrator.beforeForces(output);
    observer?.neighborsBegin();
    const rebuilt = list === null ? false : list.update(system);
    observer?.neighborsEnd(rebuilt);
    observer?.forcesBegin();
    const pending = forceField.compute(system, pairs, output);
    if (pending !== undefined) await pending;
    observer?.forcesEnd();
    integrator.afterForces(output, state);
    if (observer === undefined) continue;
    observer.stepEnd(step, state);
    const stop = observer.afterStep(step, state);
    if (typeof stop === 'boolean' ? stop : await stop) return step;
  }
  return steps;
}

/** A state of NaN; doubles from the start, so that V8 keeps its fields unboxed. */
function createStepState(): StepState {
  return {
    potentialEnergy: Number.NaN,
    kineticEnergy: Number.NaN,
    conserved: Number.NaN,
    temperature: Number.NaN,
    momentum: Number.NaN,
    pressure: Number.NaN,
    volume: Number.NaN,
  };
}

function checkRun({ timestep, steps, list, forceField }: Run): void {
  if (!(timestep > 0 && Number.isFinite(timestep))) {
    throw new MdbenchError(
      'option-invalid',
      `The timestep must be a positive number of fs, not ${timestep}.`,
    );
  }
  if (!(Number.isSafeInteger(steps) && steps >= 0)) {
    throw new MdbenchError('option-invalid', `The number of steps must be a whole number ≥ 0, not ${steps}.`);
  }
  if ((list === null) !== (forceField.neighbors === null)) {
    const { id } = forceField.description;
    const expected =
      list === null ? 'needs a neighbor list and got none' : 'takes no neighbor list and got one';
    throw new MdbenchError('option-invalid', `The force field ${id} ${expected}.`);
  }
}
