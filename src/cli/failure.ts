// How an error leaves the program: one sentence, one hint, one exit code.

import type { CommanderError } from 'commander';
import { MdbenchError } from '../errors.js';
import { plain } from '../report/terminal/layout.js';

/** Help and version are no errors; everything else that commander refuses is misuse. */
export function usageExit(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2;
}

export function fail(error: unknown): void {
  if (error instanceof MdbenchError) {
    console.error(plain(`mdbench: ${error.message}`));
    if (error.hint) console.error(plain(error.hint));
    process.exitCode = error.exitCode;
    return;
  }
  console.error('mdbench: an internal error; please report it with what you typed.');
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 70;
}
