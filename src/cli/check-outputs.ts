// What a check writes for others: exports that were asked for, and what GitHub Actions reads when it runs there.

import { appendFileSync } from 'node:fs';
import type { RunOutcome } from '../index.js';
import {
  githubAnnotations,
  githubOutput,
  renderCheckMarkdown,
  toBencher,
  toGithubActionBenchmark,
  toJunit,
} from '../report/index.js';
import { notWritable, writeWhole } from '../result/index.js';
import type { Export } from './exports.js';

const formats = {
  'github-action-benchmark': toGithubActionBenchmark,
  bencher: toBencher,
  junit: toJunit,
};

/** Each of them writes one thing; `json` on stdout leaves no room there for annotations. */
export function outputsOf(
  { document, files }: RunOutcome,
  { export: exports = [], json }: { readonly export?: readonly Export[]; readonly json?: string },
): (() => void)[] {
  const { GITHUB_STEP_SUMMARY, GITHUB_OUTPUT, GITHUB_ACTIONS } = process.env;
  const writes: (() => void)[] = exports.map(({ kind, file }) => () => {
    writeWhole(file, formats[kind](document));
  });
  if (GITHUB_STEP_SUMMARY) writes.push(() => append(GITHUB_STEP_SUMMARY, renderCheckMarkdown(document)));
  if (GITHUB_OUTPUT) {
    writes.push(() => append(GITHUB_OUTPUT, githubOutput(document, { report: files.html ?? null })));
  }
  if (GITHUB_ACTIONS) {
    writes.push(() => {
      for (const line of githubAnnotations(document)) (json === '-' ? console.error : console.log)(line);
    });
  }
  return writes;
}

function append(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (cause) {
    throw notWritable(file, cause);
  }
}
