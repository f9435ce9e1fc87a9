// Weights beside the model come into it, from their places in the file, and it runs without the file.

import { rmSync } from 'node:fs';
import { toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { inlineExternalData, readModelFile } from '../../../src/onnx/index.js';
import { ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import { floats, model, node, run } from '../../support/onnx-nodes.js';
import { modelFolder } from '../../support/onnx-run.js';

const folder = modelFolder();

it('reads each weight from its place', () => {
  const given = model({
    nodes: [node('Mul', 'x a', 'p'), node('Add', 'p b', 'y')],
    inputs: { x: 'float32[n]' },
    outputs: { y: 'float32' },
    weights: { a: floats([2, 3]), b: floats([10, 20]) },
  });
  const outside = structuredClone(given);
  for (const [k, tensor] of outside.graph!.initializer.entries()) {
    tensor.rawData = new Uint8Array();
    tensor.dataLocation = 1;
    const entries = { location: 'w.bin', offset: `${4 + 8 * k}`, length: '8' };
    tensor.externalData = Object.entries(entries).map(([key, value]) => ({
      $typeName: 'onnx.StringStringEntryProto',
      key,
      value,
    }));
  }
  folder.write('w.bin', new Uint8Array(floats([99, 2, 3, 10, 20]).data.buffer));
  const path = folder.write('m.onnx', toBinary(ModelProtoSchema, outside));
  const { proto } = readModelFile(path);
  const { model: inlined, changes } = inlineExternalData(proto, path);
  rmSync(`${folder.path}/w.bin`);
  expect(changes).toEqual([{ pass: 'external-data', count: 2, values: { files: ['w.bin'], bytes: 20 } }]);
  expect(run(inlined, { x: floats([1, 1]) })).toEqual(run(given, { x: floats([1, 1]) }));
  expect(proto.graph!.initializer[0]!.rawData).toHaveLength(0);
});
