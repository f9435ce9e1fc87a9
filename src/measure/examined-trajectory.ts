// The trajectory that `measure` times, run once more to be looked at: the same seed, the same bits. Runs inside a worker.

import { runVelocityVerlet, type StepObserver } from '../dynamics/index.js';
import type { CaseSpec } from '../spec/case.js';
import { drawVelocities } from '../system/index.js';
import { createColdCalls } from './cold-calls.js';
import { equilibrate } from './equilibration.js';
import type { ExaminedTrajectory } from './examination-protocol.js';
import { createFrameWriter } from './frame-file.js';
import { createPause, type PauseOptions } from './pause.js';
import { prepareCase } from './preparation.js';
import { createStepTimer } from './step-timer.js';
import { createTrajectorySampler } from './trajectory-sampler.js';

/** Frames from which on a trajectory that was cut short is kept. */
const enoughFrames = 10;

/** @param options.file takes the frames, evenly spaced up to the last step; not removed */
export async function examineTrajectory(
  spec: CaseSpec,
  options: Omit<PauseOptions, 'stage' | 'steps' | 'atoms'> & {
    readonly frames: number;
    readonly file: string;
  },
): Promise<ExaminedTrajectory> {
  const { steps, timestep, temperature, seed } = spec.dynamics;
  const cold = createColdCalls();
  const prepared = await prepareCase(spec, cold);
  const { system, output } = prepared;
  const atoms = system.numbers.length;
  if (prepared.drawsVelocities) drawVelocities(system, temperature, seed);
  const start = await equilibrate(spec, prepared, cold, { ...options, seed });
  if (start.stopped) {
    await prepared.forceField.dispose();
    return { observables: null, frames: 0, failure: start.failure, aborted: start.aborted };
  }
  const pause = createPause({ ...options, stage: 'measure', steps, atoms });
  const sampler = createTrajectorySampler(system, { steps, timestep, seed });
  const wanted = Math.min(options.frames, steps);
  const frames = createFrameWriter(options.file, atoms);
  const afterStep: StepObserver['afterStep'] = (step, state) => {
    const stop = pause.afterStep(step, state);
    if (stop === true) return true;
    sampler.sample(step, state);
    if (step === nextFrame(frames.count, wanted, steps)) frames.write(step, output.energy, system);
    return stop;
  };
  await pause.guard(() =>
    runVelocityVerlet({ ...prepared, timestep, steps, observer: createStepTimer(cold, afterStep) }),
  );
  frames.close();
  await prepared.forceField.dispose();
  const failure = pause.failure(seed);
  const isWhole = failure === null && !pause.aborted;
  const isKept = isWhole || frames.count >= enoughFrames;
  return {
    observables: isKept ? sampler.observables() : null,
    frames: isKept ? frames.count : 0,
    failure,
    aborted: pause.aborted,
  };
}

/** The step of a frame, so that the last one is the last step. */
function nextFrame(written: number, wanted: number, steps: number): number {
  return Math.round(((written + 1) * steps) / wanted);
}
