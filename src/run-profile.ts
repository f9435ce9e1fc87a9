// The flow of `mdbench profile`: the timing pass as `run` makes it, then passes of their own that look inside.

import { resolve } from 'node:path';
import { withClients } from './forcefield/index.js';
import {
  type MeasuredPass,
  measureCase,
  type OperatorPass,
  profileCase,
  profileOperators,
} from './measure/index.js';
import {
  findSpikes,
  isDisturbed,
  medianStep,
  type PassRecording,
  phaseTable,
  plainStepOf,
  stepTimes,
  totalParts,
} from './profile/index.js';
import {
  type CaseResult,
  type CudaMode,
  decodeCase,
  type Failure,
  type Profile,
  type Warning,
} from './result/index.js';
import type { RunOptions } from './run.js';
import {
  beginDocument,
  type CaseStage,
  closeDocument,
  keepDocument,
  measureCases,
  prepareCases,
} from './run-cases.js';
import type { FlowOptions, FlowStage } from './run-flow.js';
import { type RunOutcome, writeReports } from './run-outcome.js';
import { traceCase } from './run-profile-cuda.js';
import { planTracing, type Tracing, tracingOf } from './run-profile-plan.js';
import { timelineNames, writeTimeline } from './run-profile-trace.js';
import { type CaseSpec, defaultForceField, planCases } from './spec/index.js';
import { steadyState } from './stats/index.js';

export interface ProfileOptions extends Omit<RunOptions, 'dump' | 'title'> {
  /** CUDA kernels: `auto` (the default) traces them where the force field runs on CUDA, or may, as another program. */
  readonly cuda?: CudaMode | undefined;
  /** The timeline, for Perfetto; `{case}` in it is the case id. trace.json in the output folder by default. */
  readonly trace?: string | undefined;
  readonly onStage?: FlowOptions['onStage'];
}

/** Steps that are written down one by one at most; the timing pass may be longer. */
const mostSteps = 20_000;
/** Steps of the further processes of each kind, which are there for the slowdown alone. */
const againSteps = 2000;

/**
 * Profiles one force field on its systems; writes one document, one report and a timeline each.
 * What breaks in a pass is recorded; only misuse throws, before anything is measured or written.
 * @throws MdbenchError; `cuda-unavailable` where CUDA was asked for and cannot be traced; `aborted`
 */
export async function profile(options: ProfileOptions = {}): Promise<RunOutcome> {
  const cases = planCases({
    forceFields: options.forceFields?.length ? options.forceFields : [{ name: defaultForceField }],
    systems: options.systems ?? [],
    dynamics: options.dynamics,
  });
  const forceFields = cases.map(({ forceField }) => forceField);
  return withClients(forceFields, options, () => profileCases(cases, options));
}

async function profileCases(cases: readonly CaseSpec[], options: ProfileOptions): Promise<RunOutcome> {
  const directory = resolve(options.out ?? 'reports/latest');
  const campaign = { directory, signal: options.signal, patience: options.patience };
  const tracing = planTracing(options.cuda ?? 'auto', cases);
  const pending = await prepareCases(cases, campaign);
  const document = beginDocument(directory, options.command);
  document.cases = pending;
  document.profiles = [];
  await measureCases(document, {
    ...campaign,
    onProgress: options.onProgress,
    onCase: options.onCase,
    async afterCase(result) {
      if (result.status !== 'ok') return;
      const profiled = await profileOne(result, {
        ...campaign,
        onStage: options.onStage,
        tracing,
        timelineOf: timelineNames(options.trace, directory, cases.length),
      });
      document.profiles?.push(profiled);
      keepDocument(document, directory);
    },
  });
  closeDocument(document, options.signal);
  return writeReports(document, directory, []);
}

interface ProfilingStage
  extends Pick<ProfileOptions, 'onStage'>,
    Pick<CaseStage, 'directory' | 'signal' | 'patience'> {
  readonly tracing: Tracing;
  /** The path of a case's timeline. */
  readonly timelineOf: (caseId: string) => string;
}

/** Every pass of one case, one process after another. */
async function profileOne(result: CaseResult, stage: ProfilingStage): Promise<Profile> {
  const { spec } = result;
  const { signal } = stage;
  const steps = Math.min(spec.dynamics.steps, mostSteps);
  const profiled = emptyProfile(result.id);
  const failed = (failure: Failure | null) => {
    profiled.failure ??= failure;
  };
  const begin = (name: FlowStage['stage']) => stage.onStage?.({ stage: name, id: result.id });
  begin('profiled');
  const first = await profileCase(spec, { seed: spec.dynamics.seed, steps, cuda: null }, stage);
  if ('cause' in first) return { ...profiled, failure: signal?.aborted ? null : first };
  failed(first.failure);
  profiled.counters = first.counters;
  profiled.spikes = spikesOf(first.recording);
  profiled.warnings.push(...remarks(result, first.recording, stage.directory));
  if (!signal?.aborted) {
    begin('again');
    profiled.phases = await phasesOf(result, first, stage);
  }
  let operators: OperatorPass | null = null;
  if (!signal?.aborted && result.forceField?.kind === 'onnx') {
    begin('operators');
    const pass = await profileOperators(spec, result.metrics['force-call-p50']?.value ?? null, stage);
    if ('cause' in pass) failed(signal?.aborted ? null : pass);
    else operators = pass;
  }
  profiled.operators = operators?.profile ?? null;
  if (!signal?.aborted && tracingOf(stage.tracing, spec).mode) begin('cuda');
  const plainStep = result.metrics['step-time-p50']?.value ?? null;
  const traced = signal?.aborted ? null : await traceCase(result, steps, plainStep, stage);
  failed(traced?.failure ?? null);
  profiled.cuda = traced?.cuda ?? null;
  writeTimeline(profiled, stage.timelineOf(result.id), {
    title: `mdbench profile: ${result.id}`,
    recording: traced?.recording ?? first.recording,
    operators: operators?.sample ?? [],
    cuda: traced?.events ?? null,
  });
  return profiled;
}

/** What has to be known of the pass beside its numbers. */
function remarks(result: CaseResult, recording: PassRecording, directory: string): Warning[] {
  const { steps } = result.spec.dynamics;
  const timed = decodeCase(result, directory)[0]?.columns.conserved ?? new Float64Array(0);
  const apart = recording.conserved.findIndex((energy, k) => k < timed.length && energy !== timed[k]);
  const kind = result.forceField?.kind ?? 'unknown';
  return [
    ...(apart < 0 ? [] : [{ code: 'trajectory-differs', values: { step: apart + 1 } }]),
    ...(steps > mostSteps ? [{ code: 'steps-capped', values: { steps: mostSteps, of: steps } }] : []),
    ...(kind === 'onnx' ? [] : [{ code: 'no-operators', values: { kind } }]),
  ];
}

/** Once more, and a third time where it looks disturbed. */
const mostRounds = 2;

async function phasesOf(result: CaseResult, first: MeasuredPass, stage: ProfilingStage) {
  const samples = decodeCase(result, stage.directory);
  const plain = plainStepOf(samples);
  if (!plain || first.recording.steps === 0) return null;
  const medians = {
    plain: [medianStep(samples[0].columns.stepTime)],
    profiled: [medianStep(stepTimes(first.recording))],
  };
  for (let round = 0; round < mostRounds && !stage.signal?.aborted; round++) {
    if (round > 0 && !isDisturbed(medians)) break;
    const times = await onceMore(result, stage);
    for (const kind of ['plain', 'profiled'] as const)
      if (times[kind].length > 0) medians[kind].push(medianStep(times[kind]));
  }
  return phaseTable(plain, totalParts(first.recording, steadyFrom(first.recording)), medians);
}

/** A profiled process and then a plain one, both shorter; empty where one broke. */
async function onceMore({ spec }: CaseResult, stage: ProfilingStage) {
  const { seed } = spec.dynamics;
  const steps = Math.min(spec.dynamics.steps, againSteps);
  const pass = await profileCase(spec, { seed, steps, cuda: null }, stage);
  const short = { ...spec, dynamics: { ...spec.dynamics, steps, seeds: 1 } };
  const timed = await measureCase(short, { ...stage, onProgress: undefined });
  const none = new Float64Array(0);
  return {
    profiled: 'cause' in pass ? none : stepTimes(pass.recording),
    plain: decodeCase(timed, stage.directory)[0]?.columns.stepTime ?? none,
  };
}

function spikesOf(recording: PassRecording) {
  return recording.steps === 0 ? null : findSpikes(recording, steadyFrom(recording));
}

function steadyFrom(recording: PassRecording): number {
  return steadyState(stepTimes(recording)).from;
}

export function emptyProfile(caseId: string | null): Profile {
  return {
    caseId,
    command: null,
    failure: null,
    phases: null,
    spikes: null,
    operators: null,
    counters: null,
    cuda: null,
    trace: null,
    warnings: [],
  };
}
