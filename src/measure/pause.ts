// Between two steps, outside what is timed: is the physics still sane, shall we stop, is it time to say where we are.

import type { StepState } from '../dynamics/index.js';
import { MdbenchError } from '../errors.js';
import type { Failure } from '../result/index.js';
import { now } from './clock.js';
import type { Progress, Stage } from './protocol.js';

/** ms between two breaths of the event loop, in which messages come and go. */
const breath = 200;

export interface PauseOptions {
  readonly stage: Stage;
  readonly steps: number;
  readonly atoms: number;
  /** K, the temperature beyond which a trajectory counts as exploded. */
  readonly explosionTemperature: number;
  readonly onProgress: (progress: Progress) => void;
  readonly isAborted: () => boolean;
}

export interface Pause {
  readonly aborted: boolean;
  /** Starts the clock of the stage anew. */
  begin(): void;
  afterStep(step: number, state: StepState): boolean | Promise<boolean>;
  /** Steps seen so far. */
  readonly steps: number;
  /** Runs the stage; an error of the force field becomes a failure with the step at which it came. */
  guard(stage: () => Promise<unknown>): Promise<void>;
  /** Why it stopped, when physics broke down; null otherwise. */
  failure(seed: number): Failure | null;
}

export function createPause(options: PauseOptions): Pause {
  const { stage, steps, atoms, explosionTemperature, onProgress, isAborted } = options;
  let begun = now();
  let breathed = begun;
  let first = Number.NaN;
  let seen = 0;
  let aborted = false;
  let broken: Pick<Failure, 'step' | 'cause' | 'message' | 'hint'> | null = null;

  function afterStep(step: number, state: StepState): boolean | Promise<boolean> {
    seen = step;
    if (step === 1) first = state.conserved;
    if (!Number.isFinite(state.conserved) || !Number.isFinite(state.temperature)) {
      broken = nanEnergy(step);
      return true;
    }
    if (state.temperature > explosionTemperature) {
      broken = explosion(step, state.temperature, explosionTemperature);
      return true;
    }
    const time = now();
    if (time - breathed < breath && step < steps) return false;
    breathed = time;
    onProgress({
      stage,
      step,
      steps,
      elapsed: time - begun,
      temperature: state.temperature,
      drift: stage === 'measure' ? (1000 * (state.conserved - first)) / atoms : null,
    });
    return breathe();
  }

  async function breathe(): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    aborted = isAborted();
    return aborted;
  }

  return {
    get aborted() {
      return aborted;
    },
    get steps() {
      return seen;
    },
    async guard(run) {
      try {
        await run();
      } catch (error) {
        broken = forceCallFailed(seen + 1, error);
      }
    },
    begin() {
      begun = now();
      breathed = begun;
    },
    afterStep,
    failure: (seed) => (broken ? { stage, seed, ...broken } : null),
  };
}

function forceCallFailed(step: number, error: unknown) {
  const known = error instanceof MdbenchError;
  const blownUp = known && error.code === 'structure-invalid';
  return {
    step,
    cause: blownUp ? 'explosion' : known ? error.code : 'force-call-failed',
    message: `Step ${step} failed: ${error instanceof Error ? error.message : String(error)}`,
    hint: known ? (error.hint ?? null) : null,
  };
}

function nanEnergy(step: number) {
  return {
    step,
    cause: 'nan-energy',
    message: `Energy is not a number at step ${step}.`,
    hint: 'Try a smaller timestep; if it stays, the force field leaves the region that it was made for.',
  };
}

function explosion(step: number, temperature: number, limit: number) {
  return {
    step,
    cause: 'explosion',
    message: `The temperature is ${temperature.toPrecision(3)} K at step ${step}, above ${limit.toPrecision(3)} K: the trajectory has exploded.`,
    hint: 'Try a smaller timestep or a longer equilibration; check that forces are the gradient of the energy.',
  };
}
