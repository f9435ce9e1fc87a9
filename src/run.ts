// The whole flow on one page: plan, check, measure each case, write after each, report. The first file to open.

import { resolve } from 'node:path';
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
import { type Dump, dumpFrames } from './run-frames.js';
import { type RunOutcome, writeReports } from './run-outcome.js';
import { defaultForceField, type PlanOptions, planCases } from './spec/index.js';
import { version } from './version.js';

export interface RunOptions {
  /** Paths of .onnx files or names of built-in force fields; the shipped silicon student by default. */
  readonly forceFields?: PlanOptions['forceFields'];
  /** Systems by name, or structure files; what suits the force field by default. */
  readonly systems?: PlanOptions['systems'];
  /** Steps, timestep, temperature, seeds …; every field has a default. */
  readonly dynamics?: PlanOptions['dynamics'];
  /** Folder for result.json, report.html and report.md; made if missing. */
  readonly out?: string;
  /** Frames as extended XYZ, written in a pass of their own. */
  readonly dump?: Dump;
  /** Aborting ends the run after the current step; what was measured is written, marked aborted. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (
    progress: CaseProgress & { readonly caseIndex: number; readonly caseCount: number },
  ) => void;
  /** Called after each case, when the document with it is on disk. */
  readonly onCase?: (result: CaseResult) => void;
  /** What is recorded as the command: `mdbench` and its arguments. */
  readonly command?: readonly string[];
  /** ms without a sign of life after which a worker process is given up; ten minutes by default. */
  readonly patience?: number;
  /** What the run is called: the title of its suite. */
  readonly title?: string;
}

/** Steps of all trajectories together that stand in the document itself; more go into files beside it. */
const inlineSteps = 40_000;

/**
 * Runs a grid of cases and writes one document and one report.
 * What breaks in a case is recorded in it; only misuse throws, before anything is measured or written.
 * @throws MdbenchError; `aborted` when stopped before anything was measured
 */
export async function run(options: RunOptions = {}): Promise<RunOutcome> {
  const cases = planCases({
    forceFields: options.forceFields?.length ? options.forceFields : [{ name: defaultForceField }],
    systems: options.systems ?? [],
    dynamics: options.dynamics,
  });
  const directory = resolve(options.out ?? 'reports/latest');
  const trajectories = cases.reduce((sum, { dynamics }) => sum + dynamics.seeds, 0);
  const inlineLimit = Math.min(20_000, Math.floor(inlineSteps / trajectories));
  const campaign: CampaignOptions = {
    directory,
    signal: options.signal,
    patience: options.patience,
    inlineLimit,
  };
  const prepared = await checkCases(cases, campaign);
  if (!prepared)
    throw new MdbenchError('aborted', 'Stopped before anything was measured; nothing was written.');
  prepareOutput(directory);
  const document = createDocument({
    version,
    command: options.command ?? [],
    createdAt: timestamp(),
    environment: readEnvironment(),
  });
  if (options.title !== undefined) document.title = options.title;
  document.cases = cases.map((spec, k) => ({ ...pendingCase(spec), ...prepared[k] }));

  for (const [index, spec] of cases.entries()) {
    if (options.signal?.aborted) break;
    const result = await measureCase(spec, {
      ...campaign,
      onProgress: (progress) =>
        options.onProgress?.({ ...progress, caseIndex: index, caseCount: cases.length }),
    });
    keepCase(document, index, result, directory);
    options.onCase?.(document.cases[index]);
  }
  const problems = options.dump ? await dumpFrames(document, options.dump, campaign) : [];
  document.status = options.signal?.aborted ? 'aborted' : 'complete';
  for (const result of document.cases) if (result.status === 'pending') result.status = 'skipped';
  return writeReports(document, directory, problems);
}

/**
 * Puts a case into the document and the document on the disk. Whatever is wrong with one case stays with that case; a
 * disk that cannot be written is tried again at the end, and told there.
 */
function keepCase(document: ResultDocument, index: number, result: CaseResult, directory: string): void {
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
