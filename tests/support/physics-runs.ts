// Trajectories for tests: a prepared run, an observer that keeps what it is told, and a harmonic well with a known solution.

import { computeForces, type Run, type StepObserver, type StepState } from '../../src/dynamics/index.js';
import { createForceOutput, type ForceField } from '../../src/forcefield/force-field.js';
import { createNullForceField } from '../../src/forcefield/null.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import type { System } from '../../src/system/system.js';

/** A run from the positions of `system`, with forces computed and a list of its own. */
export async function prepareRun(
  system: System,
  forceField: ForceField,
  options: { timestep: number; steps: number; skin?: number; observer?: StepObserver },
): Promise<Run & { output: NonNullable<Run['output']> }> {
  const { skin = 1, ...rest } = options;
  const demand = forceField.neighbors;
  const list = demand === null ? null : createNeighborList({ ...demand, skin });
  const output = createForceOutput(system.numbers.length);
  await forceField.prepare(system);
  await computeForces(system, forceField, list, output);
  return { system, forceField, list, output, ...rest };
}

export interface Recorder extends StepObserver {
  readonly states: StepState[];
  /** Names of the calls of the first two steps, in order. */
  readonly calls: string[];
}

/** Keeps a copy of every state; `stopAfter` ends the run. */
export function createRecorder(stopAfter = Number.POSITIVE_INFINITY): Recorder {
  const states: StepState[] = [];
  const calls: string[] = [];
  const note = (call: string) => {
    if (states.length < 2) calls.push(call);
  };
  return {
    states,
    calls,
    stepBegin: () => note('stepBegin'),
    neighborsBegin: () => note('neighborsBegin'),
    neighborsEnd: (rebuilt) => note(`neighborsEnd ${rebuilt}`),
    forcesBegin: () => note('forcesBegin'),
    forcesEnd: () => note('forcesEnd'),
    stepEnd: (step, state) => {
      note(`stepEnd ${step}`);
      states.push({ ...state });
    },
    afterStep: (step) => {
      if (step <= 2) calls.push(`afterStep ${step}`);
      return step >= stopAfter;
    },
  };
}

/** Every atom bound to the origin, E = ½ k r²; without a neighbor list. */
export function createHarmonicWell(stiffness: number): ForceField {
  return {
    ...createNullForceField(),
    compute({ positions }, _pairs, output) {
      output.energy = positions.reduce((sum, x) => sum + 0.5 * stiffness * x * x, 0);
      positions.forEach((x, k) => {
        output.forces[k] = -stiffness * x;
      });
    },
  };
}

/** The same force field behind a promise. */
export function createDelayed(forceField: ForceField): ForceField {
  return {
    ...forceField,
    async compute(system, pairs, output) {
      await new Promise((resolve) => setImmediate(resolve));
      await forceField.compute(system, pairs, output);
    },
  };
}

/** Root mean square deviation of the conserved energy from its mean, eV. */
export function fluctuation(states: readonly StepState[]): number {
  const mean = states.reduce((sum, { conserved }) => sum + conserved, 0) / states.length;
  return Math.sqrt(states.reduce((sum, { conserved }) => sum + (conserved - mean) ** 2, 0) / states.length);
}

/** Listens and does nothing. */
export const silent: StepObserver = {
  stepBegin() {},
  neighborsBegin() {},
  neighborsEnd() {},
  forcesBegin() {},
  forcesEnd() {},
  stepEnd() {},
  afterStep: () => false,
};
