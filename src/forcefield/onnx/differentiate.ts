// Writes a model with its forces, and its stress, as a plain ONNX file that any runtime can run.

import { resolve } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema, readModel, readModelFile } from '../../onnx/index.js';
import type { ForceFieldSpec } from '../../spec/case.js';
import { withMetadata } from './annotate.js';
import { bindModel } from './bind.js';
import type { Binding } from './binding.js';
import { checkCopy, writeCopy } from './copy-file.js';
import type { WantedOutputs } from './derive-forces.js';
import { readManifest } from './manifest-file.js';
import { writeOwnMetadata } from './own-metadata.js';
import { prepareModel } from './prepare-model.js';
import type { PreparedModel } from './prepared-model.js';

export interface DifferentiateOptions extends Pick<ForceFieldSpec, 'precision' | 'repair'> {
  /** Also +∂E/∂ε / V, of the cell that is an input. */
  readonly stress?: boolean;
}

export interface Differentiated {
  readonly path: string;
  /** As the written file binds, without a manifest. */
  readonly binding: Binding;
  readonly changes: PreparedModel['preparation']['changes'];
  readonly bytes: number;
}

/**
 * @param name path of the model, which is not changed; `to` of the file to write
 * @throws what reading and binding throw, `not-differentiable`, `output-not-writable`
 */
export async function differentiateModel(
  name: string,
  to: string,
  { stress = false, ...wishes }: DifferentiateOptions = {},
): Promise<Differentiated> {
  const [path, target] = [resolve(name), resolve(to)];
  const file = readModelFile(path);
  const manifest = readManifest(path);
  checkCopy(target, file, manifest);
  const names = outputNames(file.proto, stress);
  const prepared = await prepareModel(path, { ...wishes, forces: 'autodiff' }, names);
  const { binding, preparation } = prepared;
  const model = fromBinary(ModelProtoSchema, prepared.source.bytes!);
  const declared = manifest && { ...manifest.manifest, forces: undefined, precision: undefined };
  const metadata = withUnused(writeOwnMetadata(binding, declared), model);
  const bytes = toBinary(ModelProtoSchema, withMetadata(model, metadata));
  const written = readModel(bytes, target);
  const bound = bindModel(written.summary, null, target, { model: written.proto });
  writeCopy(target, bytes);
  return { path: target, binding: bound, changes: preparation.changes, bytes: bytes.length };
}

/** What the model gave of its own beside its energy stays an output, which nobody is to take for the derived ones. */
function withUnused(metadata: Readonly<Record<string, string>>, { graph }: ModelProto) {
  const roles = JSON.parse(metadata['mdbench.roles'] ?? '{}') as Record<string, unknown>;
  for (const { name } of graph!.output) roles[name] ??= 'unused';
  return { ...metadata, 'mdbench.roles': JSON.stringify(roles) };
}

/** `forces` and `stress` where the graph has no tensor of that name. */
function outputNames({ graph }: ModelProto, stress: boolean): WantedOutputs {
  const tensors = [...graph!.input, ...graph!.initializer].map(({ name }) => name);
  const taken = new Set([...tensors, ...graph!.node.flatMap(({ output }) => output)]);
  const free = (name: string) => (taken.has(name) ? `mdbench_${name}` : name);
  const wanted = { forces: free('forces') };
  return stress ? { ...wanted, stress: { name: free('stress'), cell: free('cell') } } : wanted;
}
