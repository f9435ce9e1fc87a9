// The recorder of the timing pass: per step, in order, times in ms and energies in eV, into arrays that exist beforehand.
// The whole step runs from its first half kick to the end of this bookkeeping; what happens in `afterStep` is not in it.

import type { StepObserver, StepState } from '../dynamics/index.js';
import { type ColumnName, columnNames } from '../result/column-names.js';
import { now } from './clock.js';
import type { ColdCalls } from './cold-calls.js';

export interface Recorder extends StepObserver {
  /** Steps recorded so far. */
  readonly steps: number;
  readonly momentumMax: number;
  /** ms, summed over the first `steps`: half kicks, drift, kinetic energy. */
  integrateTotal(steps: number): number;
  /** Measured steps (1-based) at which the list was rebuilt. */
  readonly rebuildSteps: readonly number[];
  /** The columns so far, cut to the recorded steps. */
  columns(): Record<ColumnName, Float64Array>;
}

/** Listed rebuild steps are capped: beyond this the counts say enough. */
const maximalRebuildSteps = 10_000;

export function createRecorder(
  steps: number,
  cold: ColdCalls,
  afterStep: StepObserver['afterStep'],
): Recorder {
  const all = Object.fromEntries(columnNames.map((name) => [name, residentColumn(steps)])) as Record<
    ColumnName,
    Float64Array
  >;
  const { stepTime, forceCallTime, listTime, potentialEnergy, kineticEnergy, conserved, temperature } = all;
  const rebuildSteps: number[] = [];
  let recorded = 0;
  let momentumMax = 0;
  const integrateTime = residentColumn(steps);
  let begun = 0;
  let listBegun = 0;
  let listTook = 0;
  let forcesBegun = 0;
  let forcesEnded = 0;

  return {
    get steps() {
      return recorded;
    },
    get momentumMax() {
      return momentumMax;
    },
    integrateTotal: (first) => integrateTime.subarray(0, first).reduce((sum, time) => sum + time, 0),
    rebuildSteps,
    stepBegin() {
      listTook = 0;
      begun = now();
    },
    neighborsBegin() {
      listBegun = now();
    },
    neighborsEnd(rebuilt) {
      listTook = now() - listBegun;
      if (rebuilt && rebuildSteps.length < maximalRebuildSteps) rebuildSteps.push(recorded + 1);
    },
    forcesBegin() {
      forcesBegun = now();
    },
    forcesEnd() {
      forcesEnded = now();
    },
    stepEnd(_step: number, state: StepState) {
      const integrated = now();
      const call = forcesEnded - forcesBegun;
      const beforeForces = forcesBegun - begun - listTook;
      integrateTime[recorded] = beforeForces + (integrated - forcesEnded);
      forceCallTime[recorded] = call;
      listTime[recorded] = listTook;
      potentialEnergy[recorded] = state.potentialEnergy;
      kineticEnergy[recorded] = state.kineticEnergy;
      conserved[recorded] = state.conserved;
      temperature[recorded] = state.temperature;
      if (state.momentum > momentumMax && state.momentum < Number.POSITIVE_INFINITY)
        momentumMax = state.momentum;
      cold.add(call);
      stepTime[recorded] = now() - begun;
      recorded++;
    },
    afterStep,
    columns() {
      return Object.fromEntries(columnNames.map((name) => [name, all[name].subarray(0, recorded)])) as Record<
        ColumnName,
        Float64Array
      >;
    },
  };
}

/** Written through once, so that its pages are in memory before the first step and the recording itself is no leak. */
function residentColumn(steps: number): Float64Array {
  return new Float64Array(steps).fill(Number.NaN);
}
