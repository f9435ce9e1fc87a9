// Writes the binding of a model file into the metadata of a copy, which then needs no manifest and assumes nothing.

import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { MdbenchError } from '../../errors.js';
import { type OnnxModel, readModel, readModelFile } from '../../onnx/index.js';
import { copied } from '../../onnx/model-copy.js';
import { ModelProtoSchema, StringStringEntryProtoSchema } from '../../onnx/proto/onnx_pb.js';
import { bindModel } from './bind.js';
import type { Binding } from './binding.js';
import { type ManifestFile, readManifest } from './manifest-file.js';
import { writeOwnMetadata } from './own-metadata.js';

export interface Annotation {
  readonly path: string;
  /** The `mdbench.*` keys that were written. */
  readonly metadata: Readonly<Record<string, string>>;
  /** As the written file binds. */
  readonly binding: Binding;
}

/**
 * Binds the model at `name` and writes the copy `to`; nothing but its metadata differs.
 * @throws what reading and binding throw; `output-not-writable` where `to` is the file itself or cannot be written
 */
export function annotateModel(name: string, to: string): Annotation {
  const [path, target] = [resolve(name), resolve(to)];
  const model = readModelFile(path);
  if (sameFile(path, target)) {
    throw notWritable(
      target,
      'it is the file that is read, and that one stays as it is',
      'Name another file after -o.',
    );
  }
  const manifest = readManifest(path);
  const binding = bindModel(model.summary, manifest?.manifest ?? null, path, { model: model.proto });
  const metadata = writeOwnMetadata(binding, manifest?.manifest ?? null);
  const bytes = toBinary(ModelProtoSchema, withMetadata(model, metadata));
  const written = readModel(bytes, path);
  const bound = bindModel(written.summary, null, target, { model: written.proto });
  checkNeighborFiles(target, model, manifest);
  try {
    writeFileSync(target, bytes);
  } catch (error) {
    throw notWritable(
      target,
      `${error instanceof Error ? error.message : error}`,
      'Check the folder and its permissions.',
    );
  }
  return { path: target, metadata, binding: bound };
}

function sameFile(path: string, target: string): boolean {
  return existsSync(target) && realpathSync(target) === realpathSync(path);
}

function withMetadata({ proto }: OnnxModel, metadata: Readonly<Record<string, string>>) {
  const kept = proto.metadataProps.filter(
    ({ key }) => !key.startsWith('mdbench.') || key === 'mdbench.title',
  );
  const written = Object.entries(metadata).map(([key, value]) =>
    create(StringStringEntryProtoSchema, { key, value }),
  );
  return copied(proto, { metadataProps: [...kept, ...written] });
}

/** External data are found beside the file, so that a copy belongs into the same folder. */
function checkNeighborFiles(
  target: string,
  { path, external }: OnnxModel,
  manifest: ManifestFile | null,
): void {
  if (external.length > 0 && resolve(path, '..') !== resolve(target, '..')) {
    throw notWritable(
      target,
      `the weights of ${path} are in files beside it, which a copy in another folder would not find`,
      `Write it into ${resolve(path, '..')}.`,
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

function notWritable(path: string, reason: string, hint: string): MdbenchError {
  return new MdbenchError('output-not-writable', `${path} is not written: ${reason}.`, hint);
}
