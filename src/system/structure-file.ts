// Structures from disk: a user's extended XYZ file, or one of those that ship in benchmarks/structures/.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { MdbenchError } from '../errors.js';
import { packageFile } from '../package-file.js';
import { readLastFrame } from './extxyz-read.js';
import { repeatSystem } from './repeat.js';
import type { System } from './system.js';

/**
 * The last frame of an extended XYZ file, repeated along its lattice vectors. It is called as the file without its ending.
 * @throws `file-not-found`, `structure-invalid`, `option-invalid` (repeat)
 */
export function loadStructure(path: string, repeat: readonly [number, number, number] = [1, 1, 1]): System {
  const name = basename(path).replace(/\.[^.]+$/, '') || basename(path);
  return repeatSystem(readLastFrame(readText(path), name, path), repeat);
}

/** @param name of a file in benchmarks/structures/, without its ending */
export function shippedStructure(name: string): System {
  const path = packageFile(`benchmarks/structures/${name}.extxyz`);
  return readLastFrame(readText(path), name, `benchmarks/structures/${name}.extxyz`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException);
  }
}

function unreadable(path: string, error: NodeJS.ErrnoException): MdbenchError {
  if (error.code === 'ERR_STRING_TOO_LONG' || error.code === 'ERR_FS_FILE_TOO_LARGE') {
    return new MdbenchError(
      'structure-invalid',
      `${path} is too large to be read.`,
      'Keep only the frame to start from.',
    );
  }
  const reason = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'reading it is not permitted',
  };
  return new MdbenchError(
    'file-not-found',
    `The structure ${path} cannot be read: ${reason[error.code as keyof typeof reason] ?? error.message}.`,
    'Give the path of an extended XYZ file.',
  );
}
