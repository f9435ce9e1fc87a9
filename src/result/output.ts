// The output folder, and files that appear whole or not at all.

import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MdbenchError } from '../errors.js';

/**
 * Makes the folder where it is missing and proves that a file can be written into it.
 * @throws MdbenchError `output-not-writable`
 */
export function prepareOutput(directory: string): void {
  const probe = join(directory, `.mdbench-${process.pid}.probe`);
  try {
    makeFolder(directory);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (cause) {
    throw notWritable(directory, cause);
  }
}

/** Makes a folder and those above it. Node's own `recursive` never returns where a file system makes none, as in /proc. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(resolve(path));
  if (above !== resolve(path)) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(path)) throw error;
  }
}

/**
 * Writes through a temporary file beside the target, so that a reader never sees half a file; into a pipe or device as it is.
 * @returns the path
 * @throws MdbenchError `output-not-writable`
 */
export function writeWhole(path: string, text: string): string {
  const partial = `${path}.${process.pid}.partial`;
  try {
    if (existsSync(path) && !statSync(path).isFile()) {
      writeFileSync(path, text);
      return path;
    }
    writeFileSync(partial, text);
    renameSync(partial, path);
    return path;
  } catch (cause) {
    removeIfThere(partial);
    throw notWritable(path, cause);
  }
}

/** Clearing up after a failure must not hide it. */
export function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}

export function notWritable(path: string, cause: unknown): MdbenchError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MdbenchError(
    'output-not-writable',
    `Cannot write to ${path}: ${reason}.`,
    'Name a folder that you may write to, with --out.',
  );
}
