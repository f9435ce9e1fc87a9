// CUDA in a profile: whether it is traced, the pass with the hook, and the table made from what the hook wrote.

import { createReadStream } from 'node:fs';
import { addon } from './addon.js';
import { isExternal } from './forcefield/index.js';
import { profileCase, traceFiles, withTraceFolder } from './measure/index.js';
import {
  assembleCudaProfile,
  type CudaContext,
  type CudaEvents,
  callWindows,
  chooseSteps,
  medianStep,
  type PassRecording,
  stepTimes,
  type TraceReaderOptions,
} from './profile/index.js';
import { describeHookState } from './report/index.js';
import type { CaseResult, CudaMode, CudaProfile, Failure, Warning } from './result/index.js';
import type { CaseStage } from './run-cases.js';
import { type Tracing, tracingOf } from './run-profile-plan.js';
import { mostDrawnSteps } from './run-profile-trace.js';

export interface TracedCase {
  readonly cuda: CudaProfile;
  /** Of the pass with the hook, to which the events belong. */
  readonly recording: PassRecording | null;
  readonly events: CudaEvents | null;
  readonly failure: Failure | null;
}

/** Of our process, or of the program that computes an external force field. Null where nobody wants it. */
export async function traceCase(
  { spec }: CaseResult,
  steps: number,
  plainStep: number | null,
  { tracing, ...stage }: Pick<CaseStage, 'signal' | 'patience'> & { readonly tracing: Tracing },
): Promise<TracedCase | null> {
  const { asked } = tracing;
  const { state, mode, warnings } = tracingOf(tracing, spec);
  const apart = isExternal(spec.forceField.name);
  if (state === null) return null;
  const context = { asked, state, steps, plainStep, overhead: null, devices: [], deviceReason: null };
  const none = await assembleCudaProfile(context, []);
  none.warnings.push(...warnings);
  if (mode === null) return { cuda: none, recording: null, events: null, failure: null };
  return withTraceFolder(async (folder) => {
    const { seed } = spec.dynamics;
    const pass = await profileCase(spec, { seed, steps, cuda: { folder, mode } }, stage);
    if ('cause' in pass) {
      const failure = apart ? { ...pass, hint: withHook(pass.hint) } : pass;
      return { cuda: none, recording: null, events: null, failure };
    }
    const { recording, devices, deviceReason } = pass;
    const ratio = plainStep && recording.steps > 0 ? medianStep(stepTimes(recording)) / plainStep : null;
    const overhead = ratio === null ? null : { mode, ratio, of: 'step' as const };
    const found = {
      ...context,
      state: pass.hook ?? state,
      steps: recording.steps,
      overhead,
      devices: [...devices],
      deviceReason,
    };
    const chosen = chooseSteps(recording, mostDrawnSteps);
    const traced = await readTraces(found, traceFiles(folder), {
      wanted: (step) => step !== null && chosen[step - 1] === 1,
      ...(apart ? { windows: callWindows(recording) } : {}),
    });
    traced.cuda.warnings.push(...nothingSeen(traced.cuda, apart));
    return { ...traced, recording, failure: pass.failure ?? failureOf(traced.cuda, asked, apart) };
  });
}

/** Of a program that broke in the pass with the hook in it: the passes without it did not. */
function withHook(hint: string | null): string {
  return [hint, 'It broke with the CUDA hook in it: --cuda off profiles it without.']
    .filter(Boolean)
    .join(' ');
}

/** The hook ran, or could have, and there is no kernel. */
function nothingSeen({ state, kernels, processes }: CudaProfile, apart: boolean): Warning[] {
  if (kernels.length > 0) return [];
  if (apart && processes.length === 0) return [{ code: 'client-unhooked', values: {} }];
  if (!state.available) return [];
  return apart ? [{ code: 'client-no-kernels', values: {} }] : [{ code: 'no-kernels', values: {} }];
}

/** Activities, calls and ranges each, that are kept for a timeline at most. */
const mostEvents = 200_000;

interface Reading extends Pick<TraceReaderOptions, 'windows'> {
  /** Whether what belongs to a step (null: to none) is kept for the timeline. */
  readonly wanted: (step: number | null) => boolean;
}

export async function readTraces(
  context: CudaContext,
  files: readonly string[],
  { wanted, ...reading }: Reading,
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
      ...reading,
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

/**
 * What was asked for and is not there: a hook that could not start, or a device that nothing ran on.
 * @param apart whether another program of mdbench's computes the forces
 */
export function failureOf(
  { state, kernels, processes }: CudaProfile,
  asked: CudaMode,
  apart = false,
): Failure | null {
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
    apart
      ? 'Let the program itself compute on the device, as by a keyword of its calculator, or leave --cuda out.'
      : 'Run the force field on the device (--provider cuda), or leave --cuda out.',
  );
}
