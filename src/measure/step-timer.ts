// An observer for the stages that are not recorded: it times force calls only until the cold ones are known.

import type { StepObserver } from '../dynamics/index.js';
import { now } from './clock.js';
import type { ColdCalls } from './cold-calls.js';

export function createStepTimer(cold: ColdCalls, afterStep: StepObserver['afterStep']): StepObserver {
  let forcesBegun = 0;
  return {
    stepBegin() {},
    neighborsBegin() {},
    neighborsEnd() {},
    forcesBegin() {
      forcesBegun = now();
    },
    forcesEnd() {
      cold.add(now() - forcesBegun);
    },
    stepEnd() {},
    afterStep,
  };
}
