// A profiling pass: the trajectory of the timing pass once more, in a process of its own, with its moments written down.

import { join } from 'node:path';
import { addon } from '../addon.js';
import { type ForceFieldOptions, isExternal } from '../forcefield/index.js';
import type { PassRecording } from '../profile/index.js';
import { type HookState, hookStages } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import { drawVelocities } from '../system/index.js';
import { now } from './clock.js';
import { createColdCalls } from './cold-calls.js';
import { watchCollections } from './collections.js';
import { type EquilibrationOptions, equilibrate } from './equilibration.js';
import { injectionEnvironment } from './injection.js';
import { createMeasuredStage } from './measured-stage.js';
import { prepareCase } from './preparation.js';
import { watchCounters } from './processor-counters.js';
import type { PassAsked, ProfilePass } from './profile-protocol.js';
import { createProfileRecorder, type StepTracer } from './profile-recorder.js';
import { createStepUsage } from './step-usage.js';
import { startThreads } from './thread-names.js';

export interface ProfilePassOptions extends Omit<EquilibrationOptions, 'seed'>, PassAsked {}

/** @throws MdbenchError when the case cannot run */
export async function runProfilePass(spec: CaseSpec, options: ProfilePassOptions): Promise<ProfilePass> {
  const { cuda } = options;
  const apart = isExternal(spec.forceField.name);
  const hook = cuda && !apart ? startHook(cuda) : null;
  const care = cuda && apart ? careOf(cuda) : {};
  try {
    return { ...(await record(spec, options, care, hook?.available === true)), hook };
  } finally {
    if (hook?.available) addon?.hookStop();
  }
}

async function record(
  spec: CaseSpec,
  options: ProfilePassOptions,
  care: ForceFieldOptions,
  traced: boolean,
): Promise<Omit<ProfilePass, 'hook'>> {
  const cold = createColdCalls();
  const counters = watchCounters();
  const prepared = await startThreads('onnxruntime', () => prepareCase(spec, cold, care));
  if (prepared.drawsVelocities) drawVelocities(prepared.system, spec.dynamics.temperature, options.seed);
  const equilibration = await equilibrate(spec, prepared, cold, options);
  const stage = createMeasuredStage(spec, prepared, options, () => recorder.checkpointed());
  const tracer = traced ? stepTracer : null;
  const steps = equilibration.stopped ? 0 : options.steps;
  const recorder = createProfileRecorder(steps, createStepUsage(), tracer, stage.afterStep);
  prepared.forceField.observe?.(recorder);
  const collections = watchCollections();
  counters.begin();
  const begun = now();
  if (!equilibration.stopped) await stage.run(recorder);
  const counted = counters.finish(stage.pause.steps, now() - begun);
  const seen = await collections.finish();
  await prepared.forceField.dispose();
  return {
    recording: { ...recorder.recording(), collections: seen, origin: clockOrigin() },
    counters: counted,
    failure: equilibration.failure ?? stage.pause.failure(options.seed),
    aborted: equilibration.aborted || stage.pause.aborted,
  };
}

const stepTracer: StepTracer = {
  begin: (step) => addon?.hookPushStep(step),
  end: () => addon?.hookPopStep(),
};

/** ms. A hook flushes five times a second, and waits 10 s at most for CUPTI when its program ends. */
const flushed = 500;
const patience = 15_000;

function careOf({ folder, mode }: NonNullable<PassAsked['cuda']>): ForceFieldOptions {
  return { care: { environment: injectionEnvironment(folder, mode), grace: patience, linger: flushed } };
}

function startHook({ folder, mode }: NonNullable<PassAsked['cuda']>): HookState {
  if (!addon)
    return { available: false, stage: 'no-hook', code: null, message: 'the native part is not built' };
  const [stage, code, message] = addon.hookStart(join(folder, 'in-process.trace'), mode === 'full' ? 1 : 0);
  return { available: stage === 0, stage: hookStages[stage] ?? 'no-hook', code, message };
}

/**
 * One moment on both clocks; the reading in between two others, so that the mean of these belongs to it. The closest of
 * some, for a thread may be taken off its processor between two readings.
 */
function clockOrigin(): PassRecording['origin'] {
  const readings = Array.from({ length: 9 }, () => {
    const before = now();
    const monotonic = Number(process.hrtime.bigint()) / 1e6;
    const after = now();
    return { mark: (before + after) / 2, monotonic, width: after - before };
  });
  const { mark, monotonic } = readings.reduce((best, next) => (next.width < best.width ? next : best));
  return { mark, monotonic };
}
