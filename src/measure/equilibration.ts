// The stage with a thermostat before anything is measured, with its mean temperature over the second half.

import type { CaseSpec } from '../spec/case.js';
import type { ColdCalls } from './cold-calls.js';
import { runEquilibration } from './ensemble.js';
import { createPause, type PauseOptions } from './pause.js';
import type { Preparation } from './preparation.js';
import { createStepTimer } from './step-timer.js';

export interface EquilibrationOptions extends Omit<PauseOptions, 'stage' | 'steps' | 'atoms'> {
  readonly seed: number;
}

/** Ends before its time when it is aborted or the physics breaks down. */
export async function equilibrate(
  spec: CaseSpec,
  prepared: Preparation,
  cold: ColdCalls,
  options: EquilibrationOptions,
) {
  const { equilibrate: steps } = spec.dynamics;
  const pause = createPause({
    ...options,
    stage: 'equilibrate',
    steps,
    atoms: prepared.system.numbers.length,
  });
  let sum = 0;
  let counted = 0;
  const timer = createStepTimer(cold, (step, state) => {
    if (step > steps / 2 && Number.isFinite(state.temperature)) {
      sum += state.temperature;
      counted++;
    }
    return pause.afterStep(step, state);
  });
  if (steps > 0) {
    await pause.guard(() =>
      runEquilibration(spec.dynamics, prepared, { steps, seed: options.seed, observer: timer }),
    );
  }
  const failure = pause.failure(options.seed);
  return {
    steps: pause.steps,
    temperatureMean: counted > 0 ? sum / counted : null,
    failure,
    aborted: pause.aborted,
    stopped: failure !== null || pause.aborted,
  };
}
