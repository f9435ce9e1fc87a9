// The whole flow on one page: plan, check, measure each case, write after each, report. The first file to open.

import { resolve } from 'node:path';
import { withClients } from './forcefield/index.js';
import { beginDocument, type CaseStage, closeDocument, measureCases, prepareCases } from './run-cases.js';
import type { FlowOptions, FlowStage } from './run-flow.js';
import { type Dump, dumpFrames } from './run-frames.js';
import { type RunOutcome, writeReports } from './run-outcome.js';
import { examineForceFields } from './run-validation.js';
import { type CaseSpec, defaultForceField, type PlanOptions, planCases } from './spec/index.js';

export interface RunOptions {
  /** Paths of .onnx files or names of built-in force fields; the shipped silicon student by default. */
  readonly forceFields?: PlanOptions['forceFields'];
  /** Systems by name, or structure files; what suits the force field by default. */
  readonly systems?: PlanOptions['systems'];
  /** Ensemble, steps, timestep, temperature, seeds …; every field has a default. */
  readonly dynamics?: PlanOptions['dynamics'];
  /** Folder for result.json, report.html and report.md; made if missing. */
  readonly out?: string;
  /** Frames as extended XYZ, written in a pass of their own. */
  readonly dump?: Dump;
  /** Aborting ends the run after the current step; what was measured is written, marked aborted. */
  readonly signal?: AbortSignal;
  readonly onProgress?: CaseStage['onProgress'];
  /** False: the physics of the force fields is not examined before they are timed. */
  readonly validate?: boolean | undefined;
  /** What takes a while before the first case. */
  readonly onStage?: ((stage: FlowStage) => void) | undefined;
  readonly onAwaited?: FlowOptions['onAwaited'];
  /** Called after each case, when the document with it is on disk. */
  readonly onCase?: CaseStage['onCase'];
  /** What is recorded as the command: `mdbench` and its arguments. */
  readonly command?: readonly string[];
  /** ms without a sign of life after which a worker process is given up; ten minutes by default. */
  readonly patience?: number;
  /** What the run is called: the title of its suite. */
  readonly title?: string;
}

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
    baths: true,
  });
  const forceFields = cases.map(({ forceField }) => forceField);
  return withClients(forceFields, options, () => runCases(cases, options));
}

async function runCases(cases: readonly CaseSpec[], options: RunOptions): Promise<RunOutcome> {
  const directory = resolve(options.out ?? 'reports/latest');
  const campaign = { directory, signal: options.signal, patience: options.patience };
  const pending = await prepareCases(cases, campaign);
  const document = beginDocument(directory, options.command);
  if (options.title !== undefined) document.title = options.title;
  document.cases = pending;
  if (options.validate !== false) await examineForceFields(document, campaign, options.onStage);
  await measureCases(document, { ...campaign, onProgress: options.onProgress, onCase: options.onCase });
  const problems = options.dump ? await dumpFrames(document, options.dump, campaign) : [];
  closeDocument(document, options.signal);
  return writeReports(document, directory, problems);
}
