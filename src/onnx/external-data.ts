// Weights that an ONNX file keeps in files beside it (tensors of more than 2 GB, or exporters that always do so).

import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { MdbenchError } from '../errors.js';
import { tensorsOf } from './graph.js';
import { printableName } from './printable-name.js';
import { type GraphProto, type TensorProto, TensorProto_DataLocation } from './proto/onnx_pb.js';
import { tensorBytes } from './tensor-values.js';

export interface ExternalFile {
  /** As the model names it, relative to the model's folder. */
  readonly location: string;
  readonly path: string;
  readonly bytes: number;
}

export interface ExternalPlace {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * The files that the tensors of `graph` are kept in, each once.
 * @throws `external-data-missing` when one is absent, too short, or named outside the model's folder, also by a link;
 * `damaged-onnx` when a tensor's place and its shape disagree
 */
export function externalFiles(graph: GraphProto, modelPath: string): ExternalFile[] {
  const needed = new Map<string, number>();
  for (const tensor of tensorsOf(graph)) {
    if (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL) continue;
    const { location, offset, length } = externalPlace(tensor, modelPath);
    needed.set(location, Math.max(needed.get(location) ?? 0, offset + length));
  }
  return [...needed].map(([location, bytes]) => externalFile(location, bytes, modelPath));
}

/** Where the bytes of a tensor are. @throws `damaged-onnx` */
export function externalPlace(tensor: TensorProto, modelPath: string): ExternalPlace {
  const entries = new Map(tensor.externalData.map((entry) => [entry.key, entry.value]));
  const size = tensorBytes(tensor);
  const offset = Number(entries.get('offset') ?? 0);
  const length = Number(entries.get('length') ?? size ?? 0);
  const whole = [offset, length].every((number) => Number.isSafeInteger(number) && number >= 0);
  if (!whole || (size !== undefined && length !== size)) {
    throw new MdbenchError(
      'damaged-onnx',
      `${modelPath} says that the tensor "${printableName(tensor.name)}" is in ${length} bytes from byte ${offset} on of another file, but its shape needs ${size} bytes.`,
      'Save the model again.',
    );
  }
  return { location: entries.get('location') ?? '', offset, length };
}

function externalFile(location: string, needed: number, modelPath: string): ExternalFile {
  const folder = dirname(resolve(modelPath));
  const path = resolve(folder, location);
  const name = printableName(location);
  if (location === '' || location.includes('\0') || isAbsolute(location) || !inside(folder, path)) {
    throw outside(name, modelPath);
  }
  const stat = statSync(path, { throwIfNoEntry: false });
  const bytes = stat?.isFile() ? stat.size : undefined;
  if (bytes === undefined || bytes < needed) {
    const state = bytes === undefined ? 'is no file' : `has ${bytes} bytes where ${needed} are needed`;
    throw new MdbenchError(
      'external-data-missing',
      `${modelPath} keeps its weights in "${name}", but ${printableName(path)} ${stat ? state : 'does not exist'}.`,
      `Put ${name} beside the model, or save the model again as a single file.`,
    );
  }
  if (!besideModel(path, modelPath)) throw outside(name, modelPath);
  return { location, path, bytes };
}

/** Links may lead to the folder that the model itself is linked from, as in caches of downloaded models. */
function besideModel(path: string, modelPath: string): boolean {
  const real = realpathSync(path);
  const model = statSync(modelPath, { throwIfNoEntry: false }) ? realpathSync(modelPath) : resolve(modelPath);
  return [realpathSync(dirname(resolve(modelPath))), dirname(model)].some((folder) => inside(folder, real));
}

function inside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}

function outside(name: string, modelPath: string): MdbenchError {
  return new MdbenchError(
    'external-data-missing',
    `${modelPath} keeps its weights in "${name}", which is not inside the model's folder; mdbench does not read it.`,
    'Save the model again with its external data beside it.',
  );
}
