// Small valid models that between them have what the passes look for: what mutations start from.

import { readFileSync } from 'node:fs';
import { create, toBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema, SparseTensorProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { writeTensor } from '../../src/onnx/tensor-values.js';
import { floats, functionOf, graph, longs, model, node, referring } from './onnx-nodes.js';
import { listZoo } from './zoo.js';

export function fuzzSeeds(): Uint8Array[] {
  return [old(), older(), branches(), scatters(), functions(), rareOperators(), loop()].map((proto) =>
    toBinary(ModelProtoSchema, proto),
  );
}

/** Small files as exporters write them, with the names and shapes that a binding looks for. */
export function zooSeeds(names: readonly string[] = ['argon-dynamo', 'argon-legacy']): Uint8Array[] {
  return listZoo()
    .filter(({ file }) => names.includes(file.replace('.onnx', '')))
    .map(({ path }) => Uint8Array.from(readFileSync(path)));
}

function old(): ModelProto {
  return model(
    {
      nodes: [
        node('Unsqueeze', 'x', 'a', { axes: [0] }),
        node('ReduceSum', 'a', 'b', { axes: [0], keepdims: 0 }),
        node('Softmax', 'b', 'c', { axis: 0 }),
        node('Split', 'c', 'd e', { axis: 0 }),
        node('ReduceMax', 'd', 'f', { keepdims: 0 }),
        node('Squeeze', 'e', 'g', { axes: [0] }),
        node('Sum', 'f g', 'y'),
      ],
      inputs: { x: 'float32[n,m]' },
      outputs: { y: 'float32' },
    },
    { opset: 11 },
  );
}

function older(): ModelProto {
  return model(
    {
      nodes: [
        node('Slice', 'x', 'a', { starts: [0], ends: [2] }),
        node('Clip', 'a', 'b', { min: { float: -1 } }),
        node('Pad', 'b', 'c', { pads: [1, 0], value: { float: 1 } }),
        node('TopK', 'c', 'd i', { k: 1 }),
        node('Dropout', 'd', 'e'),
        node('Upsample', 'e s', 'f'),
        node('Scatter', 'f i u', 'g'),
        node('Add', 'g w', 'y'),
      ],
      inputs: { x: 'float32[n]', w: 'float32[1]' },
      outputs: { y: 'float32' },
      weights: { w: floats([1]), s: floats([2]), u: floats([3]) },
    },
    { opset: 9, irVersion: 3 },
  );
}

function branches(): ModelProto {
  const inner = graph({
    nodes: [node('Neg', 't', 'r'), node('Mul', 'r w', 'q')],
    outputs: { q: '' },
    weights: { w: floats([2]) },
  });
  const outer = graph({
    nodes: [node('If', 'c', 'r', {}, { then_branch: inner, else_branch: inner })],
    outputs: { r: '' },
  });
  return model({
    nodes: [
      node('Exp', 'x', 't'),
      node('Shape', 'x', 'shape'),
      node('Constant', '', 'axis', { value: longs([0], []) }),
      node('Gather', 'shape axis', 'size'),
      node('Equal', 'size axis', 'c'),
      node('If', 'c', 'y', {}, { then_branch: outer, else_branch: inner }),
    ],
    inputs: { x: 'float32[n,3]' },
    outputs: { y: 'float32' },
  });
}

function scatters(): ModelProto {
  return model(
    {
      nodes: [
        node('Shape', 'x', 's'),
        node('ConstantOfShape', 's', 'zeros', { value: floats([0]) }),
        node('ScatterElements', 'zeros i x', 'a', { axis: 0 }),
        node('Add', 'x a', 'b'),
        node('Expand', 'zero s', 'more'),
        node('ScatterND', 'more i x', 'd'),
        node('Equal', 'b d', 'same'),
        node('EyeLike', 'same', 'e'),
        node('Cast', 'e', 'f', { to: 1 }),
        node('Add', 'd f', 'y'),
      ],
      inputs: { x: 'float32[n,3]', i: 'int64[n,3]' },
      outputs: { y: 'float32' },
      weights: { zero: floats([0], []) },
    },
    { opset: 16 },
  );
}

function functions(): ModelProto {
  const inner = functionOf({
    name: 'Inner',
    inputs: ['v', 'w'],
    outputs: ['t'],
    nodes: [
      referring(node('Elu', 'v', 'u'), { alpha: 'alpha' }, { alpha: { float: 1 } }),
      node('Add', 'u w', 't'),
    ],
    defaults: { alpha: { float: 2 } },
    opset: 17,
  });
  const outer = functionOf({
    name: 'Outer',
    inputs: ['v'],
    outputs: ['t', 'v'],
    nodes: [node('own:Inner', 'v v', 'u', { alpha: { float: 3 } }), node('own:Inner', 'u v', 't')],
  });
  return model(
    {
      nodes: [node('own:Outer', 'x', 't u'), node('Mul', 't u', 'y')],
      inputs: { x: 'float32[n]' },
      outputs: { y: 'float32' },
    },
    { functions: [inner, outer], domains: { own: 1 } },
  );
}

function rareOperators(): ModelProto {
  const proto = model({
    nodes: [
      ...['Acos', 'Asin', 'Atan', 'Erf', 'Celu', 'Tan', 'Sinh', 'NonZero'].map((type) =>
        node(type, 'x', type),
      ),
      node('Mean', 'Acos Asin Atan', 'm'),
      node('Constant', '', 'c', { value_float: { float: 1 } }),
      node('RandomUniform', '', 'r', { shape: [1] }),
      node('Conv', 'k k', 'v'),
      node('Sum', 'm c r Erf p', 'y'),
    ],
    inputs: { x: 'float32[n]' },
    outputs: { y: 'float32' },
    weights: { k: floats([1], [1, 1, 1]) },
  });
  const values = writeTensor('p', floats([1]));
  const indices = writeTensor('', longs([0]));
  proto.graph!.sparseInitializer.push(create(SparseTensorProtoSchema, { values, indices, dims: [1n] }));
  return proto;
}

function loop(): ModelProto {
  const body = graph({
    nodes: [node('Add', 'carried x', 'next'), node('Identity', 'going', 'on')],
    inputs: { k: 'int64', going: 'bool', carried: 'float32' },
    outputs: { on: 'bool', next: 'float32' },
  });
  return model({
    nodes: [node('Loop', 'trips _ x', 'y', {}, { body })],
    inputs: { x: 'float32[n]' },
    outputs: { y: 'float32' },
    weights: { trips: longs([3], []) },
  });
}
