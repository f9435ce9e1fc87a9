// Documents of older versions, brought forward one version at a time.

import { schemaVersion } from './document.js';

type Migration = (document: Record<string, unknown>) => Record<string, unknown>;

/**
 * Version → function that makes a document of that version one of the next. Empty: version 1 is the first.
 * To raise `schemaVersion` to n, add the entry n − 1 here.
 */
const migrations: Readonly<Record<number, Migration>> = {};

/** Applies every migration from `version` up to ours; `table` and `target` are there to be replaced in a test. */
export function migrate(
  document: Record<string, unknown>,
  version: number,
  table: Readonly<Record<number, Migration>> = migrations,
  target: number = schemaVersion,
): Record<string, unknown> {
  let current = document;
  for (let from = version; from < target; from++) {
    current = { ...table[from](current), schemaVersion: from + 1 };
  }
  return current;
}
