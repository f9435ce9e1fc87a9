// Stored baselines in a folder: one JSON file each, found by name.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asMdbenchError, MdbenchError } from '../errors.js';
import { baselineName, baselineVersion, type StoredBaseline, storedBaselineSchema } from './baseline.js';
import { notWritable, prepareOutput, writeWhole } from './output.js';
import { parseDocument } from './parse.js';

/** Below the working folder. */
export const baselineFolder = join('.mdbench', 'baselines');

export interface BaselineEntry {
  readonly name: string;
  readonly path: string;
  /** Null where the file cannot be used, and `problem` says why. */
  readonly baseline: StoredBaseline | null;
  readonly problem: MdbenchError | null;
}

/**
 * Replaces the one of that name.
 * @returns the path
 * @throws MdbenchError `option-invalid` (the name), `document-invalid`, `output-not-writable`
 */
export function writeBaseline(baseline: StoredBaseline, folder = baselineFolder): string {
  const path = pathOf(baseline.name, folder);
  const checked = parseDocument(storedBaselineSchema, baseline, `The baseline ${baseline.name}`);
  prepareOutput(folder);
  return writeWhole(path, `${JSON.stringify(checked, null, 1)}\n`);
}

/** @throws MdbenchError `option-invalid` (the name), `baseline-missing`, `document-invalid`, `document-too-new` */
export function readBaseline(name: string, folder = baselineFolder): StoredBaseline {
  const path = existing(name, folder);
  return parseBaseline(readFileSync(path, 'utf8'), path);
}

/** By name; files that cannot be used are listed with their problem. */
export function listBaselines(folder = baselineFolder): BaselineEntry[] {
  return namesIn(folder).map((name) => {
    const path = join(folder, `${name}.json`);
    try {
      return { name, path, baseline: parseBaseline(readFileSync(path, 'utf8'), path), problem: null };
    } catch (error) {
      return { name, path, baseline: null, problem: asMdbenchError(error) };
    }
  });
}

/**
 * @returns the path that was removed
 * @throws MdbenchError `option-invalid` (the name), `baseline-missing`, `output-not-writable`
 */
export function removeBaseline(name: string, folder = baselineFolder): string {
  const path = existing(name, folder);
  try {
    rmSync(path);
    return path;
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

/** @throws MdbenchError `option-invalid` for a name that is no name of a file everywhere */
export function checkBaselineName(name: string): string {
  if (baselineName.test(name)) return name;
  throw new MdbenchError(
    'option-invalid',
    `A baseline is named by letters, digits, ".", "_" and "-", beginning with a letter or digit, 100 at most (received ${JSON.stringify(name)}).`,
    'Such as main, v1.2 or before-skin-change.',
  );
}

function pathOf(name: string, folder: string): string {
  return join(folder, `${checkBaselineName(name)}.json`);
}

function existing(name: string, folder: string): string {
  const path = pathOf(name, folder);
  if (existsSync(path)) return path;
  const names = namesIn(folder);
  throw new MdbenchError(
    'baseline-missing',
    `There is no baseline ${name} in ${folder}: ${names.length === 0 ? 'none is stored there' : `it has ${names.join(', ')}`}.`,
    `Store one with: mdbench baseline save ${name}`,
  );
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((name) => baselineName.test(name))
    .sort();
}

function parseBaseline(text: string, path: string): StoredBaseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw broken(`${path} is not JSON: ${(cause as Error).message}.`);
  }
  const version = (value as { baselineVersion?: unknown } | null)?.baselineVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw broken(
      `${path} is not a stored baseline: baselineVersion: expected a whole number from 1, received ${JSON.stringify(version) ?? 'nothing'}.`,
    );
  }
  if (version > baselineVersion) {
    throw new MdbenchError(
      'document-too-new',
      `${path} was written in version ${version} of the baseline format; this mdbench reads up to version ${baselineVersion}.`,
      'Install a newer mdbench, or store the baseline again.',
    );
  }
  const parsed = storedBaselineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw broken(`${path} is not a valid stored baseline: ${issue!.path.join('.')}: ${issue!.message}.`);
}

function broken(message: string): MdbenchError {
  return new MdbenchError(
    'document-invalid',
    message,
    'Store the baseline again with `mdbench baseline save`.',
  );
}
