// The measured stage of a trajectory, whoever observes it: memory is looked at and life is breathed between its steps.

import type { StepObserver, StepState } from '../dynamics/index.js';
import type { CaseSpec } from '../spec/case.js';
import { runMeasured } from './ensemble.js';
import { createMemoryProbe, type MemoryProbe } from './memory.js';
import { createPause, type Pause, type PauseOptions } from './pause.js';
import type { Preparation } from './preparation.js';

/** Untimed force calls after each look at memory. */
const warmingCalls = 2;

export interface MeasuredStage {
  readonly pause: Pause;
  readonly memory: MemoryProbe;
  /** What the observer of the stage calls between two steps. */
  readonly afterStep: StepObserver['afterStep'];
  /** @param observer with this stage's `afterStep` */
  run(observer: StepObserver): Promise<void>;
}

/** @param onCheckpoint called between two steps when memory has been looked at */
export function createMeasuredStage(
  spec: CaseSpec,
  prepared: Preparation,
  options: Omit<PauseOptions, 'stage' | 'steps' | 'atoms'> & {
    readonly steps: number;
    readonly seed: number;
  },
  onCheckpoint: (step: number) => void = () => {},
): MeasuredStage {
  const { system, list, forceField, output } = prepared;
  const { steps, seed } = options;
  const pause = createPause({ ...options, stage: 'measure', atoms: system.numbers.length });
  const memory = createMemoryProbe();
  /** A collection leaves caches cold: an untimed call at the same positions warms them for the step that follows. */
  async function checkpoint(step: number, state: StepState): Promise<boolean> {
    memory.checkpoint(step);
    for (let k = 0; k < warmingCalls; k++) await forceField.compute(system, list?.pairs ?? null, output);
    onCheckpoint(step);
    return pause.afterStep(step, state);
  }
  return {
    pause,
    memory,
    afterStep: (step, state) => (memory.isDue(step) ? checkpoint(step, state) : pause.afterStep(step, state)),
    async run(observer) {
      list?.resetCounters();
      memory.checkpoint(0);
      pause.begin();
      await pause.guard(() => runMeasured(spec.dynamics, prepared, { steps, seed, observer }));
    },
  };
}
