// The cases of a document, one after another: measured, computed, on the disk after each. What run, compare and check share.

import { asMdbenchError, MdbenchError } from './errors.js';
import {
  type CampaignOptions,
  type CaseProgress,
  checkCases,
  measureCase,
  pendingCase,
  readEnvironment,
  timestamp,
} from './measure/index.js';
import { computeMetrics } from './metrics/index.js';
import {
  type CaseResult,
  createDocument,
  decodeCase,
  prepareOutput,
  type ResultDocument,
  writeDocument,
} from './result/index.js';
import type { CaseSpec } from './spec/index.js';
import { version } from './version.js';

export type RunProgress = CaseProgress & { readonly caseIndex: number; readonly caseCount: number };

export interface CaseStage extends Omit<CampaignOptions, 'onProgress'> {
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Called after each case, when the document with it is on disk. */
  readonly onCase?: ((result: CaseResult) => void) | undefined;
  /** What comes after each case, before the next one is measured. */
  readonly afterCase?: ((result: CaseResult) => Promise<void>) | undefined;
}

/** Steps of all trajectories together that stand in the document itself; more go into files beside it. */
const inlineSteps = 40_000;

/**
 * Makes the folder and begins its document.
 * @throws MdbenchError `output-not-writable`
 */
export function beginDocument(directory: string, command: readonly string[] = []): ResultDocument {
  prepareOutput(directory);
  return newDocument(command);
}

/** A document without cases, of this machine and moment. */
export function newDocument(command: readonly string[] = []): ResultDocument {
  return createDocument({ version, command, createdAt: timestamp(), environment: readEnvironment() });
}

/**
 * Prepares every case once in a process of its own; nothing is written.
 * @returns the cases, pending
 * @throws MdbenchError for the first case that cannot run at all; `aborted`
 */
export async function prepareCases(
  cases: readonly CaseSpec[],
  options: CampaignOptions,
): Promise<CaseResult[]> {
  const prepared = await checkCases(cases, options);
  if (!prepared)
    throw new MdbenchError('aborted', 'Stopped before anything was measured; nothing was written.');
  return cases.map((spec, k) => ({ ...pendingCase(spec), ...prepared[k] }));
}

/** Measures what is pending until it is done or aborted. Never throws for what happens in a worker. */
export async function measureCases(document: ResultDocument, options: CaseStage): Promise<void> {
  const { cases } = document;
  const trajectories = cases.reduce((sum, { dynamics }) => sum + dynamics.seeds, 0);
  const inlineLimit = Math.min(20_000, Math.floor(inlineSteps / trajectories));
  for (const [index, { spec }] of cases.entries()) {
    if (options.signal?.aborted) break;
    const result = await measureCase(spec, {
      ...options,
      inlineLimit,
      onProgress: (progress) =>
        options.onProgress?.({ ...progress, caseIndex: index, caseCount: cases.length }),
    });
    keepCase(document, index, result, options.directory);
    options.onCase?.(cases[index]);
    await options.afterCase?.(cases[index]);
  }
}

/** Onto the disk; a disk that cannot be written is tried again at the end, and told there. */
export function keepDocument(document: ResultDocument, directory: string): void {
  try {
    writeDocument(document, directory);
  } catch (error) {
    if (asMdbenchError(error).code !== 'output-not-writable') throw error;
  }
}

/** Says how it ended; what was not begun was skipped. */
export function closeDocument(document: ResultDocument, signal: AbortSignal | undefined): void {
  document.status = signal?.aborted ? 'aborted' : 'complete';
  for (const result of document.cases) if (result.status === 'pending') result.status = 'skipped';
}

/**
 * Puts a case into the document and the document on the disk. Whatever is wrong with one case stays with that case; a
 * disk that cannot be written is tried again at the end, and told there.
 */
function keepCase(document: ResultDocument, index: number, result: CaseResult, directory: string): void {
  const { validation, warnings } = document.cases[index];
  if (validation) result.validation = validation;
  result.warnings.push(...warnings.filter(({ code }) => code.startsWith('physics-')));
  document.cases[index] = result;
  try {
    result.metrics = computeMetrics(result, decodeCase(result, directory));
    writeDocument(document, directory);
  } catch (error) {
    const { code, message, hint = null } = asMdbenchError(error);
    if (code === 'output-not-writable') return;
    const failure = { stage: 'write', seed: null, step: null, cause: 'not-recorded', message, hint } as const;
    document.cases[index] = {
      ...result,
      recording: { trajectories: [] },
      metrics: {},
      status: 'failed',
      failure,
    };
  }
}
