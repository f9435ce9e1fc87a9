// Reads an ONNX file into its protobuf message and a summary of it.

import { readFileSync, statSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { MdbenchError } from '../errors.js';
import { checkModel } from './check-graph.js';
import { type ExternalFile, externalFiles } from './external-data.js';
import { checkFraming, notOnnx } from './framing.js';
import { type GraphProto, type ModelProto, ModelProtoSchema } from './proto/onnx_pb.js';
import { type ModelSummary, summarizeModel } from './summary.js';
import { checkSize } from './wire-scan.js';

/** Bytes that a protobuf holds at most. */
export const largestModel = 2 ** 31 - 1;

export interface OnnxModel {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly proto: ModelProto;
  readonly graph: GraphProto;
  readonly summary: ModelSummary;
  readonly external: readonly ExternalFile[];
}

/** @throws `file-not-found`, and what `readModel` throws. */
export function readModelFile(path: string): OnnxModel {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    const reason = stat ? 'is not a file' : 'does not exist';
    throw new MdbenchError('file-not-found', `The model file ${path} ${reason}.`, 'Check the path.');
  }
  if (stat.size > largestModel)
    throw notOnnx(path, `it has ${stat.size} bytes, and a protobuf holds 2 GB at most`);
  return readModel(readBytes(path), path);
}

/**
 * Decodes and checks a ModelProto; its nodes are in an order in which they can run. `path` is for messages and for finding external data.
 * @throws `not-onnx`, `truncated-onnx`, `damaged-onnx`, `external-data-missing`
 */
export function readModel(bytes: Uint8Array, path: string): OnnxModel {
  checkFraming(bytes, path);
  checkSize(bytes, path);
  const proto = decode(bytes, path);
  const graph = proto.graph;
  if (!graph) throw notOnnx(path, 'it holds no graph');
  checkModel(proto, path);
  return {
    path,
    bytes,
    proto,
    graph,
    summary: summarizeModel(proto, graph),
    external: externalFiles(graph, path),
  };
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new MdbenchError(
      'file-not-found',
      `The model file ${path} cannot be read: ${reason}`,
      'Check its permissions.',
    );
  }
}

function decode(bytes: Uint8Array, path: string): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw notOnnx(path, `its contents are damaged (${error instanceof Error ? error.message : error})`);
  }
}
