// The injection of the CUDA hook into other programs: by which variables, into which files, and who is in the way.

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packageFile } from '../package-file.js';
import type { HookState } from '../result/index.js';

/** Variables by which CUDA and NVTX load a library into a program: one user at a time. */
export const injectionVariables = ['CUDA_INJECTION64_PATH', 'NVTX_INJECTION64_PATH'] as const;

export const injectionLibrary = packageFile('native/build/libmdbench-hook.so');

/** The first of these variables that is set already, by another tool; null if none is. */
export function injectionInUse(): string | null {
  return injectionVariables.find((name) => process.env[name]) ?? null;
}

/** Why nothing can be injected here, whatever the device; null where it can. */
export function injectionBlocked(): HookState | null {
  const blocked = (stage: HookState['stage'], message: string): HookState => {
    return { available: false, stage, code: null, message };
  };
  const variable = injectionInUse();
  if (variable) return blocked('injection-in-use', `${variable}=${process.env[variable]}`);
  return existsSync(injectionLibrary) ? null : blocked('no-hook', 'the hook is not built');
}

/** What a program and all that it starts get in their environment, so that each writes its trace into the folder. */
export function injectionEnvironment(folder: string, mode: 'kernels' | 'full'): Record<string, string> {
  const injected = Object.fromEntries(injectionVariables.map((name) => [name, injectionLibrary]));
  return { ...injected, MDBENCH_TRACE_FOLDER: folder, MDBENCH_TRACE_MODE: mode };
}

/** A folder for the traces of one pass, which is gone when `use` has ended. */
export async function withTraceFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-trace-'));
  try {
    return await use(folder);
  } finally {
    // What still runs may write one more file between two looks.
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Paths of the traces in a folder. */
export function traceFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.trace'))
    .sort()
    .map((name) => join(folder, name));
}

/** Of the programs that have begun a trace. */
export function tracedPids(folder: string): number[] {
  return traceFiles(folder)
    .map((file) => Number.parseInt(basename(file), 10))
    .filter(Number.isInteger);
}
