// ONNX Runtime's own profile of a case: a short session of its own, whose atoms move at every call. Runs inside a worker.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVelocityVerlet, type StepObserver } from '../dynamics/index.js';
import { MdbenchError } from '../errors.js';
import { type EventLog, operatorProfile, planCalls, sampleCalls } from '../profile/index.js';
import type { CaseSpec } from '../spec/case.js';
import { quantile } from '../stats/index.js';
import { drawVelocities } from '../system/index.js';
import { createColdCalls } from './cold-calls.js';
import { readProfileFile } from './operator-events.js';
import { createPause, type PauseOptions } from './pause.js';
import { prepareCase } from './preparation.js';
import type { OperatorPass } from './profile-protocol.js';
import { explosionTemperature } from './trajectory.js';

export interface OperatorPassOptions extends Pick<PauseOptions, 'isAborted' | 'onProgress'> {
  /** ms, the median force call of the timing pass. */
  readonly plainCall: number | null;
}

const sampledCalls = 3;
/** Steps of the trial that tells how long a call takes and how many events it has. */
const trialSteps = 4;

/**
 * @param spec of an ONNX force field; its number of steps, its seeds and its equilibration do not matter
 * @throws MdbenchError when the case cannot run, `usage` for a force field without a model file, `measurement-failed`
 * where ONNX Runtime leaves no profile that can be read, `output-not-writable`, `aborted`
 */
export async function runOperatorPass(spec: CaseSpec, options: OperatorPassOptions): Promise<OperatorPass> {
  return inFolder(async (folder) => {
    const plan = planCalls(trialOf(await profileCalls(spec, folder, 'trial', trialSteps, options)));
    const steps = plan.warmUp + plan.calls - 1;
    const log = await profileCalls(spec, folder, 'calls', steps, options);
    const { provider, threads } = spec.forceField;
    const profile = operatorProfile(log, { ...plan, provider, threads, plainCall: options.plainCall });
    if (!profile) throw unfinished('holds no whole force call after the warm-up');
    return { profile, sample: sampleCalls(log, plan.warmUp, sampledCalls) };
  });
}

/** The folder is nobody else's, and gone afterwards, also when the process ends itself. */
async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await use(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'mdbench-operators-'));
  } catch (error) {
    throw new MdbenchError(
      'output-not-writable',
      `There is no place for ONNX Runtime's profile: ${error instanceof Error ? error.message : error}`,
      'Let TMPDIR name a folder that can be written to.',
    );
  }
}

/** One call for the preparation and one for each step. */
async function profileCalls(
  spec: CaseSpec,
  folder: string,
  name: string,
  steps: number,
  { isAborted, onProgress }: OperatorPassOptions,
): Promise<EventLog> {
  const { temperature, timestep, seed } = spec.dynamics;
  const prepared = await prepareCase(spec, createColdCalls(), { profile: join(folder, name) });
  const { system, forceField } = prepared;
  const pause = createPause({
    stage: 'profile',
    steps,
    atoms: system.numbers.length,
    explosionTemperature: explosionTemperature(temperature),
    isAborted,
    onProgress,
  });
  try {
    requireModelFile(forceField.description.kind, spec.forceField.name);
    if (prepared.drawsVelocities) drawVelocities(system, temperature, seed);
    pause.begin();
    const observer = { ...deaf, afterStep: pause.afterStep };
    await pause.guard(() => runVelocityVerlet({ ...prepared, timestep, steps, observer }));
  } finally {
    await forceField.dispose();
  }
  if (pause.aborted) throw new MdbenchError('aborted', 'The operator pass was told to stop.');
  const failure = pause.failure(seed);
  if (failure) throw new MdbenchError('measurement-failed', failure.message, failure.hint ?? undefined);
  const level = String(forceField.description.settings.graphOptimizationLevel);
  return readProfileFile(join(folder, fileOf(folder, `${name}-${level}`)));
}

const deaf: Omit<StepObserver, 'afterStep'> = {
  stepBegin() {},
  neighborsBegin() {},
  neighborsEnd() {},
  forcesBegin() {},
  forcesEnd() {},
  stepEnd() {},
};

/** ms and node events of a call; the first ones are cold. */
function trialOf({ runs, begin }: EventLog): { callTime: number; events: number } {
  if (runs.length === 0) throw unfinished('holds no force call');
  const warm = runs.length > 2 ? runs.slice(2) : runs;
  const times = warm.map(({ duration }) => duration / 1000);
  return { callTime: Math.max(0.001, quantile(times, 0.5)), events: begin.length / runs.length };
}

/** The name that ONNX Runtime gave: the asked beginning and the time of day. */
function fileOf(folder: string, beginning: string): string {
  const file = readdirSync(folder).find((name) => name.startsWith(`${beginning}_`));
  if (file === undefined) throw unfinished('was not written');
  return file;
}

function requireModelFile(kind: string, name: string): void {
  if (kind === 'onnx') return;
  throw new MdbenchError(
    'usage',
    `${name} has no ONNX operators to profile.`,
    'Profile the operators of a model file.',
  );
}

function unfinished(what: string): MdbenchError {
  return new MdbenchError(
    'measurement-failed',
    `The profile of ONNX Runtime ${what}.`,
    'Look for space in the folder of temporary files (TMPDIR), and try again.',
  );
}
