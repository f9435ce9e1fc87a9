// Where a command's processes share prepared models: mending and differentiating one takes longer than loading it, and
// every trajectory has a process of its own. A folder for as long as the command runs, so that nothing in it is ever old.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const variable = 'MDBENCH_PREPARED_MODELS';

/** Makes the folder, which child processes find by the environment, and removes it when this process exits. */
export function openPreparedStore(): void {
  if (process.env[variable] !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-prepared-'));
  process.env[variable] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

export interface StoredModel {
  /** Plain data for JSON. */
  readonly record: unknown;
  /** Null: the file itself runs. */
  readonly bytes: Uint8Array | null;
}

/** Of everything that a prepared model depends on. */
export function storeKey(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} `).update(part);
  return hash.digest('hex');
}

/** Null where there is no store or nothing under `key`. */
export function recall(key: string): StoredModel | null {
  const path = pathOf(key);
  if (path === null || !existsSync(`${path}.json`)) return null;
  return {
    record: JSON.parse(readFileSync(`${path}.json`, 'utf8')),
    bytes: existsSync(`${path}.onnx`) ? Uint8Array.from(readFileSync(`${path}.onnx`)) : null,
  };
}

/** The record is put in its place last and whole, so that no other process sees half of it. */
export function remember(key: string, { record, bytes }: StoredModel): void {
  const path = pathOf(key);
  if (path === null) return;
  const part = `${path}.${randomUUID()}`;
  if (bytes) {
    writeFileSync(part, bytes);
    renameSync(part, `${path}.onnx`);
  }
  writeFileSync(part, JSON.stringify(record));
  renameSync(part, `${path}.json`);
}

function pathOf(key: string): string | null {
  const folder = process.env[variable];
  return folder === undefined || !existsSync(folder) ? null : join(folder, key);
}
