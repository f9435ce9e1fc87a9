// Two force fields on the frames of both trajectories, and what each trajectory shows. In worker processes: one runs a
// trajectory and leaves its frames in a file, the next labels them with both force fields, then the file is gone.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { asMdbenchError } from '../errors.js';
import { forceFieldId } from '../forcefield/index.js';
import { type ArmName, armNames, type Examination, prepareOutput } from '../result/index.js';
import type { CaseSpec } from '../spec/case.js';
import type { CampaignOptions } from './campaign.js';
import { now } from './clock.js';
import type { ExaminationRequest, Trouble } from './examination-protocol.js';
import type { Reply } from './protocol.js';
import { askWorker, isDeath } from './worker-process.js';

/** The two cases of an examination: the same system, the same dynamics, two force fields. */
export interface ExaminedPair {
  /** Of the system, as in the campaigns: `si64`. */
  readonly id: string;
  readonly baseline: CaseSpec;
  readonly candidate: CaseSpec;
  /** What a person calls them; the ids of the force fields unless told. */
  readonly labels?: Readonly<Record<ArmName, string>> | undefined;
}

interface Answers {
  readonly examined: Extract<Reply, { type: 'examined' }>;
  readonly labelled: Extract<Reply, { type: 'labelled' }>;
}

/**
 * Runs the trajectory of each force field once more, labels evenly spaced frames of both with both force fields, and
 * writes the worst frames to `worst/`. Never throws for what happens in a worker: what went wrong is in the record, beside
 * what could be examined all the same. A trajectory that ends early counts from ten frames on.
 * @param asked number of frames of each trajectory; `directory` of the result document
 */
export async function examine(
  pair: ExaminedPair,
  asked: { readonly frames: number; readonly directory: string },
  options: CampaignOptions,
): Promise<Examination> {
  const labels = pair.labels ?? {
    baseline: forceFieldId(pair.baseline.forceField.name),
    candidate: forceFieldId(pair.candidate.forceField.name),
  };
  const examination: Examination = { id: pair.id, ...labels, frames: [], observables: [], failure: null };
  const troubles: Trouble[] = [];
  try {
    prepareOutput(asked.directory);
    for (const source of armNames) {
      await examineSource({ ...pair, labels }, source, asked, options, examination, troubles);
    }
  } catch (error) {
    const { code, message, hint = null } = asMdbenchError(error);
    troubles.push({ cause: code, message, hint });
  }
  return { ...examination, failure: joined(troubles) };
}

async function examineSource(
  pair: ExaminedPair & { readonly labels: Readonly<Record<ArmName, string>> },
  source: ArmName,
  asked: { readonly frames: number; readonly directory: string },
  options: CampaignOptions,
  examination: Examination,
  troubles: Trouble[],
): Promise<void> {
  const whose = `the trajectory of ${pair.labels[source]}`;
  if (options.signal?.aborted) {
    troubles.push(stopped(whose));
    return;
  }
  const { baseline, candidate } = pair;
  const file = join(asked.directory, `.mdbench-${process.pid}-${pair[source].id}-${source}.frames`);
  const worstFile = `worst/${fileName(pair.id, pair.labels.candidate, source)}`;
  const worst = join(asked.directory, worstFile);
  const ask = <Type extends keyof Answers>(request: ExaminationRequest) =>
    answered<Type>(request, pair[source], options, troubles);
  rmSync(worst, { force: true });
  try {
    const seen = await ask<'examined'>({ type: 'examine', case: pair[source], frames: asked.frames, file });
    if (seen?.observables) examination.observables.push({ arm: source, ...seen.observables });
    if (seen?.aborted) troubles.push(stopped(whose));
    if (!seen || seen.frames === 0 || options.signal?.aborted) return;
    const arms = { baseline, candidate };
    const labelled = await ask<'labelled'>({ type: 'label', arms, source, file, worst });
    if (labelled?.aborted) troubles.push(stopped(`labelling ${whose}`));
    if (!labelled?.frames) return;
    const written = labelled.worstWritten ? worstFile : null;
    examination.frames.push({ source, ...labelled.frames, worstFile: written });
  } finally {
    rmSync(file, { force: true });
  }
}

/** What a worker answers; null when it died or could not begin, which is then among the troubles. */
async function answered<Type extends keyof Answers>(
  request: ExaminationRequest,
  spec: CaseSpec,
  { signal, patience, onProgress }: CampaignOptions,
  troubles: Trouble[],
): Promise<Answers[Type] | null> {
  const outcome = await askWorker(request, {
    signal,
    ...(patience === undefined ? {} : { patience }),
    onNote(note) {
      if (note.type !== 'progress') return;
      const stage = request.type === 'label' ? 'examine' : note.progress.stage;
      onProgress?.({ ...note.progress, stage, caseId: spec.id, seed: spec.dynamics.seed, clock: now() });
    },
  });
  if (isDeath(outcome)) {
    troubles.push({ ...outcome, hint: null });
    return null;
  }
  if (outcome.type === 'failed') {
    const { code, message, hint } = outcome.error;
    troubles.push({ cause: code ?? 'crash', message, hint });
    return null;
  }
  const answer = outcome as Answers[Type];
  if (answer.failure) {
    const { cause, message, hint } = answer.failure;
    troubles.push({ cause, message, hint });
  }
  return answer;
}

function stopped(what: string): Trouble {
  return { cause: 'aborted', message: `Stopped on request: ${what}.`, hint: null };
}

/** The cause and the hint of the first, the words of all. */
function joined(troubles: readonly Trouble[]): Examination['failure'] {
  if (troubles.length === 0) return null;
  const messages = [...new Set(troubles.map(({ message }) => message))];
  return { ...troubles[0], message: messages.join(' ') };
}

function fileName(id: string, candidate: string, source: ArmName): string {
  const safe = candidate.toLowerCase().replace(/[^a-z0-9.]+/g, '-');
  return `${id}-${safe}-on-${source}.extxyz`;
}
