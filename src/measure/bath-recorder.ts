// What ensembles with a bath record on top of the others: pressure in GPa, and the volume in Å³ where it changes.

import type { StepObserver } from '../dynamics/index.js';
import type { BathColumnName } from '../result/index.js';
import type { Ensemble } from '../spec/case.js';
import type { Recorder } from './recorder.js';

export interface BathRecorder extends StepObserver {
  /** Cut to the recorded steps; none of a force field without a virial. */
  columns(): Partial<Record<BathColumnName, Float64Array>>;
}

/** An observer that hands everything on to the recorder of the timing pass; null for NVE, which is recorded as it is. */
export function createBathRecorder(
  ensemble: Ensemble,
  recorder: Recorder,
  steps: number,
): BathRecorder | null {
  if (ensemble === 'nve') return null;
  const pressure = new Float64Array(steps).fill(Number.NaN);
  const volume = new Float64Array(ensemble === 'npt' ? steps : 0).fill(Number.NaN);
  const { stepBegin, neighborsBegin, neighborsEnd, forcesBegin, forcesEnd, stepEnd, afterStep } = recorder;
  return {
    ...{ stepBegin, neighborsBegin, neighborsEnd, forcesBegin, forcesEnd, afterStep },
    stepEnd(step, state) {
      const k = recorder.steps;
      stepEnd(step, state);
      pressure[k] = state.pressure;
      if (k < volume.length) volume[k] = state.volume;
    },
    columns() {
      const known = pressure.some(Number.isFinite);
      return {
        ...(known ? { pressure: pressure.subarray(0, recorder.steps) } : {}),
        ...(ensemble === 'npt' ? { volume: volume.subarray(0, recorder.steps) } : {}),
      };
    },
  };
}
