// The flow of `mdbench profile --command`: any program as it is, then with the CUDA hook in it; its kernels by step.

import { resolve } from 'node:path';
import {
  type CommandOptions,
  injectionBlocked,
  probeCuda,
  runCommand,
  type TracedRun,
  traceCommand,
} from './measure/index.js';
import type { CudaMode, HookState, Profile } from './result/index.js';
import { beginDocument, closeDocument } from './run-cases.js';
import type { FlowOptions } from './run-flow.js';
import { type RunOutcome, writeReports } from './run-outcome.js';
import { emptyProfile } from './run-profile.js';
import { failureOf, readTraces } from './run-profile-cuda.js';
import { unavailable } from './run-profile-plan.js';
import { timelineNames, writeTimeline } from './run-profile-trace.js';

export interface ProfileCommandOptions extends Pick<FlowOptions, 'command' | 'out' | 'signal' | 'onStage'> {
  /** A command line for the shell. */
  readonly program: string;
  /** True: only the traced run; what tracing costs is then not known. */
  readonly once?: boolean | undefined;
  readonly cuda?: CudaMode | undefined;
  /** The timeline; trace.json in the output folder by default. */
  readonly trace?: string | undefined;
  readonly onOutput?: CommandOptions['onOutput'];
}

/**
 * Lists the CUDA kernels of a program that knows nothing of it, and its NVTX ranges; writes one document and one report.
 * @throws MdbenchError `cuda-unavailable` where the hook cannot be loaded, or where kernels were asked for and cannot be traced
 */
export async function profileCommand(options: ProfileCommandOptions): Promise<RunOutcome> {
  const { program, signal, onStage, cuda: asked = 'auto' } = options;
  const state = planHook(asked);
  const directory = resolve(options.out ?? 'reports/latest');
  const document = beginDocument(directory, options.command);
  const profile: Profile = { ...emptyProfile(null), command: [program] };
  document.profiles = [profile];
  let plain: number | null = null;
  if (!options.once) {
    onStage?.({ stage: 'program', id: null });
    const ran = await runCommand(program, options);
    profile.failure = ran.failure;
    plain = ran.failure ? null : ran.elapsed;
  }
  if (!signal?.aborted && profile.failure === null) {
    onStage?.({ stage: 'traced', id: null });
    const mode = asked === 'full' ? 'full' : 'kernels';
    await traceCommand(program, mode, options, (files, run) =>
      read(profile, files, run, { asked, mode, state, plain, directory, trace: options.trace }),
    );
  }
  closeDocument(document, signal);
  return writeReports(document, directory, []);
}

/** How far the hook would come; in a program that only marks ranges it needs no device. */
function planHook(asked: CudaMode): HookState {
  const blocked = injectionBlocked();
  if (blocked) throw unavailable(blocked);
  const state = probeCuda().hook;
  if (asked !== 'auto' && !state.available) throw unavailable(state);
  return state;
}

interface Asked {
  readonly asked: CudaMode;
  readonly mode: 'kernels' | 'full';
  readonly state: HookState;
  /** ms of the plain run; null: there was none. */
  readonly plain: number | null;
  readonly directory: string;
  readonly trace: string | undefined;
}

async function read(profile: Profile, files: readonly string[], run: TracedRun, asked: Asked): Promise<void> {
  const { plain, mode, state, directory } = asked;
  const { devices, deviceReason } = run;
  const overhead = plain === null ? null : { mode, ratio: run.elapsed / plain, of: 'command' as const };
  const context = {
    asked: asked.asked,
    state,
    steps: null,
    plainStep: null,
    overhead,
    devices: [...devices],
    deviceReason,
  };
  const { cuda, events } = await readTraces(context, files, { wanted: () => true });
  profile.cuda = cuda;
  profile.failure ??= run.failure ?? (run.aborted ? null : failureOf(cuda, asked.asked));
  if (files.length === 0) profile.warnings.push({ code: 'hook-not-loaded', values: {} });
  else if (cuda.state.available && cuda.kernels.length === 0)
    cuda.warnings.push({ code: 'no-kernels', values: {} });
  const drawn = events.activities.length + events.calls.length + events.ranges.length;
  if (drawn === 0) return;
  const path = timelineNames(asked.trace, directory, 1)('command');
  writeTimeline(profile, path, { title: 'mdbench profile', recording: null, operators: [], cuda: events });
  if (profile.trace) profile.trace = { ...profile.trace, steps: cuda.steps, of: cuda.steps };
}
