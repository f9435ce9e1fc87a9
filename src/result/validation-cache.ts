// Examinations that were made before, one file each, named by everything that they depend on.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { makeFolder, writeWhole } from './output.js';
import { type ValidationRecord, validationSchema } from './validation.js';

/** `$XDG_CACHE_HOME/mdbench`, or `~/.cache/mdbench`. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME: given } = process.env;
  return join(given || join(os.homedir(), '.cache'), 'mdbench');
}

/** @param dependencies everything that a record depends on, as JSON can hold it */
export function validationKey(dependencies: unknown): string {
  return createHash('sha256').update(JSON.stringify(dependencies)).digest('hex');
}

/** Null where there is none, or what there is cannot be used: it is then made anew. */
export function readCachedValidation(key: string, folder = cacheFolder()): ValidationRecord | null {
  try {
    const parsed = validationSchema.safeParse(JSON.parse(readFileSync(pathOf(key, folder), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Does nothing where the folder cannot be written: a cache is no result. */
export function cacheValidation(key: string, record: ValidationRecord, folder = cacheFolder()): void {
  try {
    makeFolder(join(folder, 'validation'));
    writeWhole(pathOf(key, folder), `${JSON.stringify(record)}\n`);
  } catch {
    return;
  }
}

function pathOf(key: string, folder: string): string {
  return join(folder, 'validation', `${key}.json`);
}
