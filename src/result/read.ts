// A document from the disk: found, parsed, of a version that we know, migrated, valid. Or a sentence why not.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MdbenchError } from '../errors.js';
import { documentSchema, type ResultDocument, schemaVersion } from './document.js';
import { migrate } from './migrate.js';
import { parseDocument } from './parse.js';

/**
 * @param path a document, or a folder that holds `result.json`
 * @throws MdbenchError `file-not-found`, `document-invalid`, `document-too-new`
 */
export function readDocument(path: string): ResultDocument {
  const file = documentPath(path);
  const value = parseJson(readText(file), file);
  const version = versionOf(value, file);
  return parseDocument(documentSchema, migrate(value, version), file);
}

/** The file that `path` means: itself, or the `result.json` of the folder. Its folder is what sidecar files are relative to. */
export function documentPath(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'result.json') : path;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = missing ? 'there is no such file' : (cause as Error).message;
    throw new MdbenchError(
      'file-not-found',
      `Cannot read the result document ${file}: ${reason}.`,
      'Name a result.json that `mdbench run` wrote, or its folder.',
    );
  }
}

function parseJson(text: string, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(`${file} is not JSON: ${(cause as Error).message}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(
      `${file} is not an mdbench result: expected a JSON object, received ${Array.isArray(value) ? 'an array' : String(value)}.`,
    );
  }
  return value as Record<string, unknown>;
}

function versionOf(value: Record<string, unknown>, file: string): number {
  const version = value.schemaVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw invalid(
      `${file} is not an mdbench result: schemaVersion: expected a whole number from 1, received ${JSON.stringify(version)}.`,
    );
  }
  if (version > schemaVersion) {
    throw new MdbenchError(
      'document-too-new',
      `${file} was written in version ${version} of the result format; this mdbench reads up to version ${schemaVersion}.`,
      `Install a newer mdbench, one that knows version ${version} of the result format.`,
    );
  }
  return version;
}

function invalid(message: string): MdbenchError {
  return new MdbenchError('document-invalid', message, 'Name a result.json that `mdbench run` wrote.');
}
