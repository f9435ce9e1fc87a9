// The whole flow on one page: plan, check, measure each case, write after each, report. The first file to open.

import { dirname, join, resolve } from 'node:path';
import {
  type CampaignOptions,
  type CaseProgress,
  checkCases,
  dumpCase,
  measureCase,
  pendingCase,
  readEnvironment,
  timestamp,
} from './measure/index.js';
import { computeMetrics } from './metrics/index.js';
import { type ReportInput, renderHtml, renderMarkdown } from './report/index.js';
import {
  type CaseResult,
  createDocument,
  decodeCase,
  documentPath,
  prepareOutput,
  type ResultDocument,
  readDocument,
  writeDocument,
  writeWhole,
} from './result/index.js';
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
  /** Frames as extended XYZ, written in a pass of their own. `{case}` in the name is replaced by the case id. */
  readonly dump?: { readonly file: string; readonly every: number };
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
}

export interface RunOutcome extends ReportInput {
  readonly files: { readonly json: string; readonly html: string; readonly markdown: string };
}

/**
 * Runs a grid of cases and writes one document and one report.
 * What breaks in a case is recorded in it; only misuse throws, before anything is measured or written.
 * @throws MdbenchError
 */
export async function run(options: RunOptions = {}): Promise<RunOutcome> {
  const cases = planCases({
    forceFields: options.forceFields?.length ? options.forceFields : [{ name: defaultForceField }],
    systems: options.systems ?? [],
    dynamics: options.dynamics,
  });
  const directory = resolve(options.out ?? 'reports/latest');
  prepareOutput(directory);
  const campaign: CampaignOptions = { directory, signal: options.signal, patience: options.patience };
  const prepared = await checkCases(cases, campaign);
  const document = createDocument({
    version,
    command: options.command ?? [],
    createdAt: timestamp(),
    environment: readEnvironment(),
  });
  document.cases = cases.map((spec, k) => ({ ...pendingCase(spec), ...prepared[k] }));

  for (const [index, spec] of cases.entries()) {
    if (options.signal?.aborted) break;
    const result = await measureCase(spec, {
      ...campaign,
      onProgress: (progress) =>
        options.onProgress?.({ ...progress, caseIndex: index, caseCount: cases.length }),
    });
    result.metrics = computeMetrics(result, decodeCase(result, directory));
    document.cases[index] = result;
    writeDocument(document, directory);
    options.onCase?.(result);
  }
  if (options.dump) await dumpFrames(document, options.dump, campaign);
  document.status = options.signal?.aborted ? 'aborted' : 'complete';
  for (const result of document.cases) if (result.status === 'pending') result.status = 'skipped';
  return writeReports(document, directory);
}

/** A case that failed has no frames worth writing; a dump that fails is a warning of its case. */
async function dumpFrames(
  document: ResultDocument,
  dump: NonNullable<RunOptions['dump']>,
  campaign: CampaignOptions,
): Promise<void> {
  for (const result of document.cases) {
    if (result.status !== 'ok' || campaign.signal?.aborted) continue;
    const file = resolve(dumpFile(dump.file, result.id, document.cases.length));
    try {
      const frames = await dumpCase(result.spec, { file, every: dump.every }, campaign);
      result.warnings.push({ code: 'frames-written', values: { file, frames } });
    } catch (error) {
      result.warnings.push({
        code: 'frames-not-written',
        values: { file, reason: (error as Error).message },
      });
    }
  }
}

/** One file a case: where several share a name without `{case}`, the id goes before its extension. */
function dumpFile(name: string, caseId: string, cases: number): string {
  if (name.includes('{case}')) return name.replaceAll('{case}', caseId);
  return cases === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${caseId}$1`);
}

/** The reports are made from what was written, as `mdbench report` would make them anywhere else. */
async function writeReports(document: ResultDocument, directory: string): Promise<RunOutcome> {
  const json = writeDocument(document, directory);
  const input = readReportInput(json);
  const files = { json, html: join(directory, 'report.html'), markdown: join(directory, 'report.md') };
  writeWhole(files.html, await renderHtml([input]));
  writeWhole(files.markdown, renderMarkdown([input]));
  return { ...input, files };
}

/**
 * A document with its raw samples, ready for `renderHtml` and its siblings.
 * @param path of a result.json, or of the folder that it is in
 * @throws MdbenchError(file-not-found | document-invalid | document-too-new)
 */
export function readReportInput(path: string): ReportInput {
  const document = readDocument(path);
  const directory = dirname(resolve(documentPath(path)));
  return {
    document,
    samples: new Map(document.cases.map((result) => [result.id, decodeCase(result, directory)])),
  };
}
