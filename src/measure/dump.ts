// A pass of its own that writes frames as extended XYZ: the same trajectory as the timed one, never timed itself.

import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { StepObserver } from '../dynamics/index.js';
import type { CaseSpec } from '../spec/case.js';
import { drawVelocities, writeExtxyz } from '../system/index.js';
import { createColdCalls } from './cold-calls.js';
import { runEquilibration, runMeasured } from './ensemble.js';
import { createPause, type PauseOptions } from './pause.js';
import { prepareCase } from './preparation.js';
import { createStepTimer } from './step-timer.js';

/** Writes step 0 and every `every`-th step after it. */
export async function dumpTrajectory(
  spec: CaseSpec,
  file: string,
  every: number,
  options: Omit<PauseOptions, 'stage' | 'steps' | 'atoms'>,
): Promise<{ readonly frames: number; readonly aborted: boolean }> {
  const cold = createColdCalls();
  const prepared = await prepareCase(spec, cold);
  const { system, output, forceField } = prepared;
  const { temperature, equilibrate, steps, seed } = spec.dynamics;
  const stream = createWriteStream(file);
  let frames = 0;
  const pause = createPause({ ...options, stage: 'dump', steps, atoms: system.numbers.length });
  const write = (step: number) => {
    frames++;
    return stream.write(
      writeExtxyz(system, { energy: output.energy, forces: output.forces, info: { step } }),
    );
  };
  const drained = () => new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  const afterStep: StepObserver['afterStep'] = (step, state) => {
    const next = () => pause.afterStep(step, state);
    if (step % every !== 0 || write(step)) return next();
    return drained().then(next);
  };
  if (prepared.drawsVelocities) drawVelocities(system, temperature, seed);
  if (equilibrate > 0) {
    const observer = createStepTimer(cold, (step, state) => pause.afterStep(step, state));
    await runEquilibration(spec.dynamics, prepared, { steps: equilibrate, seed, observer });
  }
  if (!pause.aborted) {
    write(0);
    await runMeasured(spec.dynamics, prepared, { steps, seed, observer: createStepTimer(cold, afterStep) });
  }
  stream.end();
  await finished(stream);
  await forceField.dispose();
  return { frames, aborted: pause.aborted };
}
