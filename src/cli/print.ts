// What a finished flow says and writes beside its folder: first what was measured, then what could not be written.

import type { MdbenchError } from '../errors.js';
import type { RunOutcome } from '../index.js';
import { formatDocument, writeWhole } from '../result/index.js';
import { exitCodeOf, measurementFailed } from './exit-code.js';

export interface PrintFlags {
  readonly json?: string;
  readonly quiet?: boolean;
}

/**
 * @param table what stands on stdout, unless the document does
 * @param more files that were asked for, each written by a function of its own
 * @returns an exit code
 */
export function printOutcome(
  outcome: RunOutcome,
  { json, quiet }: PrintFlags,
  table: () => string,
  more: readonly (() => void)[] = [],
): number {
  const { document } = outcome;
  if (json === '-') process.stdout.write(formatDocument(document));
  else if (!quiet) console.log(table());
  const problems = [...outcome.problems];
  const writes = [...more];
  if (json !== undefined && json !== '-') writes.push(() => writeWhole(json, formatDocument(document)));
  for (const write of writes) {
    try {
      write();
    } catch (error) {
      problems.push(error as MdbenchError);
    }
  }
  for (const problem of problems) {
    console.error(`mdbench: ${problem.message}`);
    if (problem.hint) console.error(problem.hint);
  }
  const code = exitCodeOf(document);
  return code === 0 && problems.length > 0 ? measurementFailed : code;
}
