// Weights that are kept in files beside the model, read into it, as long as the whole stays below protobuf's 2 GB.

import { closeSync, openSync, readSync } from 'node:fs';
import { MdbenchError } from '../../errors.js';
import { copyMessage } from '../copy.js';
import { externalFiles, externalPlace } from '../external-data.js';
import { tensorsOf } from '../graph.js';
import { largestModel } from '../model.js';
import { type ModelProto, type TensorProto, TensorProto_DataLocation } from '../proto/onnx_pb.js';
import { change, type Repaired, unchanged } from './repaired.js';

/**
 * @param path of the model file, in whose folder the weights are; null: nobody knows, and they stay there
 * @returns the model itself where all would be too large: sessions then read the files themselves
 * @throws MdbenchError `external-data-missing`
 */
export function inlineExternalData(given: ModelProto, path: string | null): Repaired {
  if (!given.graph || path === null) return unchanged(given);
  const files = externalFiles(given.graph, path);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length === 0 || bytes > largestModel) return unchanged(given);
  const model = copyMessage(given);
  const paths = new Map(files.map((file) => [file.location, file.path]));
  let count = 0;
  for (const tensor of tensorsOf(model.graph!)) {
    if (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL) continue;
    const { location, offset, length } = externalPlace(tensor, path);
    tensor.rawData = readPart(paths.get(location)!, offset, length);
    tensor.dataLocation = TensorProto_DataLocation.DEFAULT;
    tensor.externalData = [];
    count++;
  }
  const values = { files: files.map((file) => file.location), bytes };
  return { model, changes: [change('external-data', count, values)], lints: [] };
}

function readPart(path: string, offset: number, length: number): TensorProto['rawData'] {
  const bytes = new Uint8Array(length);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < length; ) {
      const read = readSync(file, bytes, done, length - done, offset + done);
      if (read === 0)
        throw new MdbenchError('external-data-missing', `${path} was cut off while it was read.`);
      done += read;
    }
  } finally {
    closeSync(file);
  }
  return bytes;
}
