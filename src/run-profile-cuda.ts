// CUDA in a profile: whether it is traced, the pass with the hook, and the table made from what the hook wrote.

import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addon } from './addon.js';
import { MdbenchError } from './errors.js';
import { probeCuda, profileCase } from './measure/index.js';
import {
  assembleCudaProfile,
  type CudaContext,
  type CudaEvents,
  chooseSteps,
  medianStep,
  type PassRecording,
  stepTimes,
} from './profile/index.js';
import { describeHookState } from './report/index.js';
import type { CaseResult, CudaMode, CudaProfile, Failure, HookState } from './result/index.js';
import type { CaseStage } from './run-cases.js';
import { mostDrawnSteps } from './run-profile-trace.js';
import type { CaseSpec } from './spec/index.js';

export interface Tracing {
  readonly asked: CudaMode;
  /** Null: nobody wants it. */
  readonly state: HookState | null;
  /** How much is traced; null: nothing. */
  readonly mode: 'kernels' | 'full' | null;
}

export interface TracedCase {
  readonly cuda: CudaProfile;
  /** Of the pass with the hook, to which the events belong. */
  readonly recording: PassRecording | null;
  readonly events: CudaEvents | null;
  readonly failure: Failure | null;
}

/**
 * `auto` traces force fields that run on CUDA, where it can.
 * @throws MdbenchError `cuda-unavailable` where kernels were asked for and cannot be traced
 */
export function planTracing(asked: CudaMode, cases: readonly CaseSpec[]): Tracing {
  const onDevice = cases.some(({ forceField }) => /^(cuda|tensorrt)$/.test(forceField.provider));
  if (asked === 'off' || (asked === 'auto' && !onDevice)) return { asked, state: null, mode: null };
  const state = probeCuda().hook;
  if (state.available) return { asked, state, mode: asked === 'full' ? 'full' : 'kernels' };
  if (asked !== 'auto') throw unavailable(state);
  return { asked, state, mode: null };
}

export function unavailable(state: HookState): MdbenchError {
  const { text, advice } = describeHookState(state);
  return new MdbenchError(
    'cuda-unavailable',
    `CUDA kernels cannot be traced here. ${text}`,
    advice ?? undefined,
  );
}

/** Null where nobody wants it. */
export async function traceCase(
  { spec }: CaseResult,
  steps: number,
  plainStep: number | null,
  { tracing, ...stage }: Pick<CaseStage, 'signal' | 'patience'> & { readonly tracing: Tracing },
): Promise<TracedCase | null> {
  const { asked, state, mode } = tracing;
  if (state === null) return null;
  const context = { asked, state, steps, plainStep, overhead: null, devices: [], deviceReason: null };
  const none = await assembleCudaProfile(context, []);
  if (mode === null) return { cuda: none, recording: null, events: null, failure: null };
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-trace-'));
  const file = join(folder, 'in-process.trace');
  try {
    const { seed } = spec.dynamics;
    const pass = await profileCase(spec, { seed, steps, cuda: { file, full: mode === 'full' } }, stage);
    if ('cause' in pass) return { cuda: none, recording: null, events: null, failure: pass };
    const { recording, devices, deviceReason } = pass;
    const ratio = plainStep && recording.steps > 0 ? medianStep(stepTimes(recording)) / plainStep : null;
    const overhead = ratio === null ? null : { mode, ratio, of: 'step' as const };
    const chosen = chooseSteps(recording, mostDrawnSteps);
    const wanted = (step: number | null) => step !== null && chosen[step - 1] === 1;
    const found = {
      ...context,
      state: pass.hook ?? state,
      steps: recording.steps,
      overhead,
      devices: [...devices],
      deviceReason,
    };
    const traced = await readTraces(found, [file], wanted);
    if (traced.cuda.state.available && traced.cuda.kernels.length === 0)
      traced.cuda.warnings.push({ code: 'no-kernels', values: {} });
    return { ...traced, recording, failure: pass.failure ?? failureOf(traced.cuda, asked) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Activities, calls and ranges each, that are kept for a timeline at most. */
const mostEvents = 200_000;

/** @param wanted whether what belongs to a step (null: to none) is kept for the timeline */
export async function readTraces(
  context: CudaContext,
  files: readonly string[],
  wanted: (step: number | null) => boolean,
): Promise<{ readonly cuda: CudaProfile; readonly events: CudaEvents }> {
  const events = { activities: [], calls: [], ranges: [] } as {
    -readonly [Kind in keyof CudaEvents]: CudaEvents[Kind][number][];
  };
  const keep = <Event extends { readonly step: number | null }>(kept: Event[], event: Event) => {
    if (kept.length < mostEvents && wanted(event.step)) kept.push(event);
  };
  const cuda = await assembleCudaProfile(
    context,
    files.map((file) => createReadStream(file)),
    {
      ...(addon ? { demangle: addon.demangle } : {}),
      launchThreads: 'any',
      sink: {
        onActivity: (event) => keep(events.activities, event),
        onApi: (event) => keep(events.calls, event),
        onRange: (event) => keep(events.ranges, event),
      },
    },
  );
  const hijacked = new Set(cuda.processes.filter((one) => one.hijacked).map(({ pid }) => pid));
  const sound = <Event extends { readonly pid: number }>(all: readonly Event[]) =>
    all.filter(({ pid }) => !hijacked.has(pid));
  return {
    cuda,
    events: {
      activities: sound(events.activities),
      calls: sound(events.calls),
      ranges: sound(events.ranges),
    },
  };
}

/** What was asked for and is not there: a hook that could not start, or a device that nothing ran on. */
export function failureOf({ state, kernels, processes }: CudaProfile, asked: CudaMode): Failure | null {
  if (asked === 'auto' || asked === 'off') return null;
  const failed = (cause: string, message: string, hint: string | null): Failure => {
    return { stage: 'profile', seed: null, step: null, cause, message, hint };
  };
  if (!state.available) {
    const { text, advice } = describeHookState(state);
    return failed('cuda-unavailable', `CUDA kernels could not be traced. ${text}`, advice);
  }
  if (kernels.length > 0 || processes.some(({ hijacked }) => hijacked)) return null;
  return failed(
    'no-kernels',
    'No kernel was launched on a device.',
    'Run the force field on the device (--provider cuda), or leave --cuda out.',
  );
}
