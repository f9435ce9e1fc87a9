// Writes the binding of a model file into the metadata of a copy, which then needs no manifest and assumes nothing.

import { resolve } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { copied } from '../../onnx/copy.js';
import { type ModelProto, readModel, readModelFile } from '../../onnx/index.js';
import { ModelProtoSchema, StringStringEntryProtoSchema } from '../../onnx/proto/onnx_pb.js';
import { bindModel } from './bind.js';
import type { Binding } from './binding.js';
import { checkCopy, checkExternalData, writeCopy } from './copy-file.js';
import { readManifest } from './manifest-file.js';
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
  const manifest = readManifest(path);
  checkCopy(target, model, manifest);
  checkExternalData(target, model);
  const binding = bindModel(model.summary, manifest?.manifest ?? null, path, { model: model.proto });
  const metadata = writeOwnMetadata(binding, manifest?.manifest ?? null);
  const bytes = toBinary(ModelProtoSchema, withMetadata(model.proto, metadata));
  const written = readModel(bytes, path);
  const bound = bindModel(written.summary, null, target, { model: written.proto });
  writeCopy(target, bytes);
  return { path: target, metadata, binding: bound };
}

/** The model with these `mdbench.*` metadata in place of what it had. */
export function withMetadata(proto: ModelProto, metadata: Readonly<Record<string, string>>): ModelProto {
  const kept = proto.metadataProps.filter(
    ({ key }) => !key.startsWith('mdbench.') || key === 'mdbench.title' || key === 'mdbench.differentiated',
  );
  const written = Object.entries(metadata).map(([key, value]) =>
    create(StringStringEntryProtoSchema, { key, value }),
  );
  return copied(proto, { metadataProps: [...kept, ...written] });
}
