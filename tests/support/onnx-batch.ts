// A model file whose inputs, some of them, are the one graph of a batch: a dimension of 1 in front, squeezed at once.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  ModelProtoSchema,
  NodeProtoSchema,
  TensorShapeProto_DimensionSchema,
} from '../../src/onnx/proto/onnx_pb.js';
import { tensorOf, writeTensor } from '../../src/onnx/tensor-values.js';

/** `dim` 1, or the name of a free dimension. Opset 13 or newer. */
export function inBatch(bytes: Uint8Array, inputs: readonly string[], dim: 1 | string = 1): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const graph = model.graph!;
  for (const name of inputs) {
    const { type } = graph.input.find((input) => input.name === name)!;
    const { shape } = type!.value.value as { shape: { dim: unknown[] } };
    const value =
      dim === 1 ? { case: 'dimValue' as const, value: 1n } : { case: 'dimParam' as const, value: dim };
    shape.dim.unshift(create(TensorShapeProto_DimensionSchema, { value }));
    for (const node of graph.node)
      node.input = node.input.map((input) => (input === name ? `${name}_alone` : input));
    const squeeze = { opType: 'Squeeze', input: [name, 'batch_axis'], output: [`${name}_alone`] };
    graph.node.unshift(create(NodeProtoSchema, squeeze));
  }
  graph.initializer.push(writeTensor('batch_axis', tensorOf('int64', [0], [1])));
  return toBinary(ModelProtoSchema, model);
}

/** The file with the energy as its only output. */
export function energyAlone(bytes: Uint8Array): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  model.graph!.output = model.graph!.output.filter(({ name }) => name.includes('energy'));
  return toBinary(ModelProtoSchema, model);
}
