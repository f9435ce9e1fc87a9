// The recorder of a profiling pass: the moments of every step (ms), and what happened beside them. Between `integrated`
// and `end` it keeps the same books as the recorder of the timing pass; the system is asked between two steps.

import type { StepObserver } from '../dynamics/index.js';
import type { CallObserver } from '../forcefield/index.js';
import { type MarkName, markNames, type PassRecording } from '../profile/index.js';
import { now } from './clock.js';
import type { StepUsage } from './step-usage.js';

/** What is told of every step to a tracer, around it: nothing of it is in the step. */
export interface StepTracer {
  begin(step: number): void;
  end(): void;
}

export interface ProfileRecorder extends StepObserver, CallObserver {
  /** Memory has been looked at before the step that comes next. */
  checkpointed(): void;
  recording(): Omit<PassRecording, 'collections' | 'origin'>;
}

export function createProfileRecorder(
  steps: number,
  usage: StepUsage,
  tracer: StepTracer | null,
  afterStep: StepObserver['afterStep'],
): ProfileRecorder {
  const marks = Object.fromEntries(
    markNames.map((name) => [name, new Float64Array(steps).fill(Number.NaN)]),
  ) as Record<MarkName, Float64Array>;
  const { begin, listBegin, listEnd, callBegin, feedsEnd, runEnd, callEnd, integrated, end } = marks;
  const rebuilt = new Uint8Array(steps);
  const checkpointed = new Uint8Array(steps);
  const switches = new Int32Array(steps);
  const books = Array.from({ length: 5 }, () => new Float64Array(steps).fill(Number.NaN));
  const [potentialEnergy, kineticEnergy, conserved, temperature, momentum] = books;
  let k = 0;
  /** Whether something else has happened on this thread since the last step. */
  let paused = true;
  return {
    stepBegin() {
      tracer?.begin(k + 1);
      if (paused) usage.read();
      paused = false;
      begin[k] = now();
    },
    neighborsBegin() {
      listBegin[k] = now();
    },
    neighborsEnd(anew) {
      listEnd[k] = now();
      if (anew) rebuilt[k] = 1;
    },
    forcesBegin() {
      callBegin[k] = now();
    },
    feedsEnd() {
      feedsEnd[k] = now();
    },
    runEnd() {
      runEnd[k] = now();
    },
    forcesEnd() {
      callEnd[k] = now();
    },
    stepEnd(_step, state) {
      integrated[k] = now();
      potentialEnergy[k] = state.potentialEnergy;
      kineticEnergy[k] = state.kineticEnergy;
      conserved[k] = state.conserved;
      temperature[k] = state.temperature;
      momentum[k] = state.momentum;
      end[k] = now();
    },
    afterStep(step, state) {
      switches[k] = usage.read();
      tracer?.end();
      k++;
      const pausing = afterStep(step, state);
      paused = typeof pausing !== 'boolean';
      return pausing;
    },
    checkpointed() {
      if (k < steps) checkpointed[k] = 1;
    },
    recording() {
      const cut = Object.fromEntries(markNames.map((name) => [name, marks[name].subarray(0, k)]));
      return {
        steps: k,
        marks: cut as Record<MarkName, Float64Array>,
        rebuilt: rebuilt.subarray(0, k),
        checkpointed: checkpointed.subarray(0, k),
        switches: switches.subarray(0, k),
        conserved: conserved.subarray(0, k),
      };
    },
  };
}
