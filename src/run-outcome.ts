// What a run leaves behind: the document, the reports made from it, and what of them could not be written.

import { dirname, join, resolve } from 'node:path';
import { asMdbenchError, type MdbenchError } from './errors.js';
import { type ReportInput, renderHtml, renderMarkdown } from './report/index.js';
import {
  decodeCase,
  documentPath,
  type ResultDocument,
  readDocument,
  removeStaleRecordings,
  type Samples,
  writeDocument,
  writeWhole,
} from './result/index.js';

export interface RunOutcome extends ReportInput {
  /** The files that were written. */
  readonly files: Partial<Record<'json' | 'html' | 'markdown', string>>;
  /** What was asked for and could not be written, although it was measured. */
  readonly problems: readonly MdbenchError[];
}

/** The reports are made from what was written, as `mdbench report` would make them anywhere else. */
export async function writeReports(
  document: ResultDocument,
  directory: string,
  problems: readonly MdbenchError[],
): Promise<RunOutcome> {
  const failed = [...problems];
  const files: { json?: string; html?: string; markdown?: string } = {};
  const attempt = (write: () => void) => {
    try {
      write();
    } catch (error) {
      failed.push(asMdbenchError(error));
    }
  };
  attempt(() => {
    files.json = writeDocument(document, directory);
    removeStaleRecordings(document, directory);
  });
  const input = files.json
    ? readReportInput(files.json)
    : { document, samples: samplesOf(document, directory) };
  const [html, markdown] = [await renderHtml([input]), renderMarkdown([input])];
  attempt(() => {
    files.html = writeWhole(join(directory, 'report.html'), html);
  });
  attempt(() => {
    files.markdown = writeWhole(join(directory, 'report.md'), markdown);
  });
  return { ...input, files, problems: failed };
}

/**
 * A document with its raw samples, ready for `renderHtml` and its siblings.
 * @param path of a result.json, or of the folder that it is in
 * @throws MdbenchError(file-not-found | document-invalid | document-too-new)
 */
export function readReportInput(path: string): ReportInput {
  const document = readDocument(path);
  return { document, samples: samplesOf(document, dirname(resolve(documentPath(path)))) };
}

/** Raw samples by case id. A recording that is missing or changed leaves a warning; the numbers made from it stay. */
function samplesOf(document: ResultDocument, directory: string): ReportInput['samples'] {
  const samples = new Map<string, readonly Samples[]>();
  for (const result of document.cases) {
    try {
      samples.set(result.id, decodeCase(result, directory));
    } catch (error) {
      const reason = asMdbenchError(error).message;
      document.warnings.push({ code: 'recording-missing', values: { case: result.id, reason } });
    }
  }
  return samples;
}
