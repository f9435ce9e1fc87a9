// Copies of model files under another name: what is read stays as it is.

import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { MdbenchError } from '../../errors.js';
import type { OnnxModel } from '../../onnx/index.js';
import { type ManifestFile, readManifest } from './manifest-file.js';

/** @throws `output-not-writable` where `target` is the file that is read, or what stands beside it would change its meaning */
export function checkCopy(target: string, model: OnnxModel, manifest: ManifestFile | null): void {
  if (existsSync(target) && realpathSync(target) === realpathSync(model.path)) {
    throw notWritable(
      target,
      'it is the file that is read, and that one stays as it is',
      'Name another file after -o.',
    );
  }
  const other = readManifest(target);
  if (other && other.path !== manifest?.path) {
    throw notWritable(
      target,
      `the manifest ${other.path} would overrule it`,
      'Remove that manifest, or name another file.',
    );
  }
}

/** External data are found beside the file, so that a copy which still needs them belongs into the same folder. */
export function checkExternalData(target: string, { path, external }: OnnxModel): void {
  if (external.length === 0 || resolve(path, '..') === resolve(target, '..')) return;
  throw notWritable(
    target,
    `the weights of ${path} are in files beside it, which a copy in another folder would not find`,
    `Write it into ${resolve(path, '..')}.`,
  );
}

/** @throws `output-not-writable` */
export function writeCopy(target: string, bytes: Uint8Array): void {
  try {
    writeFileSync(target, bytes);
  } catch (error) {
    throw notWritable(
      target,
      `${error instanceof Error ? error.message : error}`,
      'Check the folder and its permissions.',
    );
  }
}

function notWritable(path: string, reason: string, hint: string): MdbenchError {
  return new MdbenchError('output-not-writable', `${path} is not written: ${reason}.`, hint);
}
