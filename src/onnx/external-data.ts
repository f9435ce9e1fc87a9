// Weights that an ONNX file keeps in files beside it (tensors of more than 2 GB, or exporters that always do so).

import { statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { MdbenchError } from '../errors.js';
import { tensorsOf } from './graph.js';
import { type GraphProto, TensorProto_DataLocation } from './proto/onnx_pb.js';

export interface ExternalFile {
  /** As the model names it, relative to the model's folder. */
  readonly location: string;
  readonly path: string;
  readonly bytes: number;
}

/**
 * The files that the tensors of `graph` are kept in, each once.
 * @throws `external-data-missing` when one is absent, too short, or named outside the model's folder.
 */
export function externalFiles(graph: GraphProto, modelPath: string): ExternalFile[] {
  const needed = new Map<string, number>();
  for (const tensor of tensorsOf(graph)) {
    if (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL) continue;
    const entries = new Map(tensor.externalData.map((entry) => [entry.key, entry.value]));
    const location = entries.get('location') ?? '';
    const end = Number(entries.get('offset') ?? 0) + Number(entries.get('length') ?? 0);
    needed.set(location, Math.max(needed.get(location) ?? 0, end));
  }
  return [...needed].map(([location, bytes]) => externalFile(location, bytes, modelPath));
}

function externalFile(location: string, needed: number, modelPath: string): ExternalFile {
  const folder = dirname(resolve(modelPath));
  const path = resolve(folder, location);
  const inside = relative(folder, path);
  if (location === '' || isAbsolute(location) || inside === '' || inside.startsWith('..')) {
    throw new MdbenchError(
      'external-data-missing',
      `${modelPath} keeps its weights in "${location}", which is not inside the model's folder; mdbench does not read it.`,
      'Save the model again with its external data beside it.',
    );
  }
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (bytes === undefined || bytes < needed) {
    const state = bytes === undefined ? 'does not exist' : `has ${bytes} bytes where ${needed} are needed`;
    throw new MdbenchError(
      'external-data-missing',
      `${modelPath} keeps its weights in "${location}", but ${path} ${state}.`,
      `Put ${location} beside the model, or save the model again as a single file.`,
    );
  }
  return { location, path, bytes };
}
