// Cases, one after another, each trajectory in a fresh process. A failure is one recorded row; the others go on.

import { type ErrorCode, MdbenchError } from '../errors.js';
import type { CaseResult, ValidationRecord } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import { failureOfWorker } from './case-failure.js';
import { now } from './clock.js';
import { integratorNames } from './ensemble.js';
import type { PlainError, Prepared, Progress } from './protocol.js';
import type { ValidationRequest } from './validation-protocol.js';
import { askWorker, isDeath, type WorkerOptions } from './worker-process.js';

export interface CampaignOptions {
  /** Folder of the result document. */
  readonly directory: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CaseProgress) => void) | undefined;
  /** ms without a sign of life after which a worker is ended. */
  readonly patience?: number | undefined;
  /** Steps of one trajectory up to which its recording goes into the document itself; 20 000 unless told. */
  readonly inlineLimit?: number | undefined;
}

export interface CaseProgress extends Omit<Progress, 'stage'> {
  /** `examine`: frames are being labelled, `step` of `steps`. */
  readonly stage: Progress['stage'] | 'examine';
  readonly caseId: string;
  readonly seed: number;
  /** ms since this process began. */
  readonly clock: number;
}

/**
 * Prepares every case once in a process of its own, before anything is timed.
 * @returns null when it was aborted
 * @throws MdbenchError for the first case that cannot run at all.
 */
export async function checkCases(
  cases: readonly CaseSpec[],
  options: CampaignOptions,
): Promise<Prepared[] | null> {
  const outcome = await askWorker({ type: 'check', cases }, workerOptions(options));
  if (options.signal?.aborted) return null;
  if (isDeath(outcome))
    throw new MdbenchError('session-failed', `A trial force call ended its process. ${outcome.message}`);
  if (outcome.type === 'checked') return [...outcome.prepared];
  throw errorOf(outcome);
}

/** Runs all trajectories of one case. Never throws for what happens in a worker. */
export async function measureCase(spec: CaseSpec, options: CampaignOptions): Promise<CaseResult> {
  const result = pendingCase(spec);
  for (let k = 0; k < spec.dynamics.seeds && result.status === 'pending'; k++) {
    await measureSeed(result, spec.dynamics.seed + k, options);
  }
  if (result.status === 'pending') result.status = 'ok';
  return result;
}

async function measureSeed(result: CaseResult, seed: number, options: CampaignOptions): Promise<void> {
  const { spec } = result;
  let last: Progress | null = null;
  const outcome = await askWorker(
    {
      type: 'measure',
      case: spec,
      seed,
      directory: options.directory,
      inlineLimit: options.inlineLimit ?? 20_000,
    },
    {
      ...workerOptions(options),
      onNote(note) {
        if (note.type === 'prepared') Object.assign(result, note.prepared);
        else {
          last = note.progress;
          options.onProgress?.({ ...note.progress, caseId: spec.id, seed, clock: now() });
        }
      },
    },
  );
  if (isDeath(outcome) || outcome.type === 'failed') {
    result.failure = failureOfWorker(outcome, last, seed);
    result.status = options.signal?.aborted ? 'aborted' : 'failed';
    return;
  }
  if (outcome.type !== 'measured') return;
  result.recording.trajectories.push(outcome.trajectory);
  result.failure = outcome.failure;
  if (outcome.failure) result.status = 'failed';
  else if (outcome.aborted) result.status = 'aborted';
}

/** Writes the frames of a case's first trajectory, in a pass of its own. @throws MdbenchError when it failed */
export async function dumpCase(
  spec: CaseSpec,
  dump: { readonly file: string; readonly every: number },
  options: CampaignOptions,
): Promise<{ readonly frames: number; readonly aborted: boolean }> {
  const outcome = await askWorker(
    { type: 'dump', case: spec, ...dump },
    {
      ...workerOptions(options),
      onNote(note) {
        if (note.type === 'progress') {
          options.onProgress?.({ ...note.progress, caseId: spec.id, seed: spec.dynamics.seed, clock: now() });
        }
      },
    },
  );
  if (isDeath(outcome))
    throw new MdbenchError('session-failed', `The pass that writes frames ended. ${outcome.message}`);
  if (outcome.type === 'dumped') return outcome;
  throw errorOf(outcome);
}

/** @throws MdbenchError where the force field cannot be examined at all; `aborted` */
export async function examinePhysics(
  request: Omit<ValidationRequest, 'type'>,
  options: Pick<CampaignOptions, 'signal' | 'patience'>,
): Promise<ValidationRecord> {
  const outcome = await askWorker({ type: 'validate', ...request }, workerOptions(options));
  if (options.signal?.aborted) throw new MdbenchError('aborted', 'Stopped before the examination was over.');
  if (isDeath(outcome))
    throw new MdbenchError('measurement-failed', `The examination ended its process. ${outcome.message}`);
  if (outcome.type === 'validated') return outcome.record;
  throw errorOf(outcome);
}

export function pendingCase(spec: CaseSpec): CaseResult {
  return {
    id: spec.id,
    status: 'pending',
    failure: null,
    spec,
    forceField: null,
    system: null,
    dynamics: { ...spec.dynamics, ...integratorNames(spec.dynamics) },
    recording: { trajectories: [] },
    metrics: {},
    warnings: [],
  };
}

export function workerOptions(options: Pick<CampaignOptions, 'signal' | 'patience'>): WorkerOptions {
  const { signal, patience } = options;
  return { signal, ...(patience === undefined ? {} : { patience }) };
}

function errorOf(outcome: { type: string; error?: PlainError }): Error {
  const { code, message, hint } = outcome.error ?? {
    code: null,
    message: `unexpected answer ${outcome.type}`,
    hint: null,
  };
  return new MdbenchError(code ?? ('session-failed' satisfies ErrorCode), message, hint ?? undefined);
}
