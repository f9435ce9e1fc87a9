// A document from its parts, and onto the disk: validated first, then written whole.

import { join } from 'node:path';
import { documentSchema, type Environment, type ResultDocument, schemaVersion } from './document.js';
import { writeWhole } from './output.js';
import { parseDocument } from './parse.js';

interface DocumentHead {
  /** Version of mdbench. */
  readonly version: string;
  /** The command line, or what stands for it when called from code. */
  readonly command: readonly string[];
  /** ISO 8601; given by the caller, who may read the clock. */
  readonly createdAt: string;
  readonly environment: Environment;
}

/** An empty document with the status `running`. */
export function createDocument(head: DocumentHead): ResultDocument {
  return {
    schemaVersion,
    tool: { name: 'mdbench', version: head.version, command: [...head.command] },
    createdAt: head.createdAt,
    status: 'running',
    environment: head.environment,
    cases: [],
    warnings: [],
  };
}

/**
 * Writes `result.json` (or `name`) into the folder and returns its path.
 * @throws MdbenchError `document-invalid` when the document breaks its own schema, `output-not-writable`
 */
export function writeDocument(document: ResultDocument, directory: string, name = 'result.json'): string {
  const path = join(directory, name);
  writeWhole(path, formatDocument(document));
  return path;
}

/**
 * The document as JSON text, one line break at its end.
 * @throws MdbenchError `document-invalid`
 */
export function formatDocument(document: ResultDocument): string {
  return `${JSON.stringify(parseDocument(documentSchema, document, 'The document to be written'), null, 1)}\n`;
}
