// Per-step columns on their way into the document and back: inline base64 when short, a hashed sidecar file when long.

import { closeSync, existsSync, openSync, readdirSync, readSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { MdbenchError } from '../errors.js';
import { columnBytes, columnValues, decodeColumn, encodeColumn, sha256 } from './column.js';
import { bathColumnNames, columnNames, type PerColumn } from './column-names.js';
import type { CaseResult, Column, ResultDocument, Trajectory } from './document.js';
import { makeFolder, notWritable, removeIfThere } from './output.js';
import type { Samples } from './samples.js';

type SidecarColumn = Extract<Column, { file: string }>;

interface StoreOptions {
  /** Folder of the document. */
  readonly directory: string;
  /** `<case>-seed<k>`; begins the name of the sidecar file, which a part of its hash ends: no run overwrites another's. */
  readonly name: string;
  /** Steps up to which the columns go into the document itself: 20 000 (1.5 MB) unless told. */
  readonly inlineLimit?: number;
}

/**
 * Stores the columns of one trajectory.
 * @throws MdbenchError `output-not-writable`
 */
export function storeTrajectory(
  columns: Readonly<PerColumn<Float64Array>>,
  options: StoreOptions,
): PerColumn<Column> {
  if (columns.stepTime.length <= (options.inlineLimit ?? 20_000)) {
    return everyColumn(columns, encodeColumn);
  }
  const file = `recordings/${options.name}-${sha256(columnBytes(columns.stepTime)).slice(0, 8)}.f64`;
  const path = join(options.directory, file);
  try {
    makeFolder(dirname(path));
    return writeSidecar(columns, path, file);
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

/**
 * Reads the columns of one trajectory.
 * @param directory folder of the document, which sidecar paths are relative to
 * @throws MdbenchError `document-invalid` when a sidecar file is missing, cut short or changed
 */
export function decodeTrajectory(trajectory: Trajectory, directory: string): Samples {
  const columns = everyColumn(trajectory.columns, (column, name) =>
    'base64' in column ? decodeColumn(column, name) : readSidecar(column, name, directory),
  );
  return { trajectory, columns };
}

/** Removes the sidecar files in the folder of a document that it does not name: those of the runs before it. */
export function removeStaleRecordings(document: ResultDocument, directory: string): void {
  const folder = join(directory, 'recordings');
  if (!existsSync(folder)) return;
  const named = document.cases
    .flatMap(({ recording }) => recording.trajectories)
    .flatMap(({ columns }) => Object.values(columns))
    .flatMap((column) => (column && 'file' in column ? [basename(column.file)] : []));
  for (const name of readdirSync(folder)) {
    if (/-seed\d+-[0-9a-f]{8}\.f64$/.test(name) && !named.includes(name)) removeIfThere(join(folder, name));
  }
}

/** Every trajectory of a case, decoded. */
export function decodeCase(result: CaseResult, directory: string): Samples[] {
  return result.recording.trajectories.map((trajectory) => decodeTrajectory(trajectory, directory));
}

/** In their order; those of a bath only where they are there. */
function everyColumn<S, T>(
  columns: Readonly<PerColumn<S>>,
  make: (column: S, name: string) => T,
): PerColumn<T> {
  const names = [...columnNames, ...bathColumnNames].filter((name) => columns[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, make(columns[name] as S, name)])) as PerColumn<T>;
}

function writeSidecar(columns: Readonly<PerColumn<Float64Array>>, path: string, file: string) {
  const partial = `${path}.${process.pid}.partial`;
  try {
    const record = writeColumns(columns, partial, file);
    renameSync(partial, path);
    return record;
  } catch (cause) {
    removeIfThere(partial);
    throw cause;
  }
}

function writeColumns(columns: Readonly<PerColumn<Float64Array>>, path: string, file: string) {
  const descriptor = openSync(path, 'w');
  let offset = 0;
  try {
    return everyColumn(columns, (values) => {
      const bytes = columnBytes(values);
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      const column = { length: values.length, file, offset, sha256: sha256(bytes) };
      offset += bytes.length;
      return column;
    });
  } finally {
    closeSync(descriptor);
  }
}

function readSidecar(column: SidecarColumn, name: string, directory: string): Float64Array {
  const path = join(directory, column.file);
  if (isAbsolute(column.file) || normalize(column.file).startsWith('..')) {
    throw broken(`The column ${name} names ${column.file}, which is outside the folder of the document.`);
  }
  const bytes = readRange(path, column.offset, 8 * column.length, name);
  if (sha256(bytes) !== column.sha256) {
    throw broken(`The column ${name} in ${path} is not what the document describes: its SHA-256 differs.`);
  }
  return columnValues(bytes);
}

function readRange(path: string, offset: number, size: number, name: string): Buffer {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    throw broken(`The column ${name} is kept in ${path}, which is missing or cannot be read.`);
  }
  try {
    const bytes = Buffer.allocUnsafeSlow(size);
    let done = 0;
    while (done < size) {
      const count = readSync(descriptor, bytes, done, size - done, offset + done);
      if (count === 0) {
        throw broken(`The column ${name} in ${path} is cut short: ${size} bytes expected, ${done} there.`);
      }
      done += count;
    }
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

function broken(message: string): MdbenchError {
  return new MdbenchError(
    'document-invalid',
    message,
    'Keep the folder recordings/ beside the document as the run wrote it.',
  );
}
