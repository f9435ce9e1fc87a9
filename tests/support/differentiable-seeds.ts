// Models that addForces takes, with what it asks of them: small ones of the zoo, and one with an operator of every rule.

import { graphRunner } from '../../src/forcefield/onnx/graph-runner.js';
import type { ForcesRequest } from '../../src/onnx/autodiff/add-forces.js';
import { probeGraph } from '../../src/onnx/autodiff/probe.js';
import type { ModelProto } from '../../src/onnx/proto/onnx_pb.js';
import { type TensorValue, tensorOf } from '../../src/onnx/tensor-values.js';
import { mendedModel, requestOf } from './force-field-zoo.js';
import { floats, longs, model, node, scattered } from './onnx-nodes.js';
import { rememberedRunner } from './remembered-runner.js';
import { listZoo } from './zoo.js';

export interface DifferentiableSeed {
  readonly model: ModelProto;
  /** Its runner answers from memory. */
  readonly request: ForcesRequest;
}

export async function differentiableSeeds(files: readonly string[]): Promise<DifferentiableSeed[]> {
  const zoo = listZoo().filter(({ file }) => files.includes(file.replace('.onnx', '')));
  const read = zoo.map(async (file) => inMemory(await mendedModel(file), requestOf(file)));
  return [...(await Promise.all(read)), everyRule()];
}

function inMemory(given: ModelProto, request: ForcesRequest): DifferentiableSeed {
  const facts = probeGraph(given, graphRunner, request.probes);
  return { model: given, request: { ...request, run: rememberedRunner(facts, request.probes) } };
}

function everyRule(): DifferentiableSeed {
  const nodes = [
    ...'Neg Exp Abs Sin Tanh Erf Sigmoid Softplus Relu LeakyRelu Celu Selu HardSwish Mish Gelu Softmax LogSoftmax Dropout'
      .split(' ')
      .map((type) => node(type, 'x', `of${type}`)),
    ...'ReduceSum ReduceMean ReduceMax ReduceProd ReduceL1 ReduceL2 ReduceLogSumExp ReduceSumSquare'
      .split(' ')
      .map((type) => node(type, 'x last', `of${type}`, { keepdims: 0 })),
    node('Shape', 'x', 'same'),
    node('Sub', 'x row', 'less'),
    node('Mul', 'less less', 'square'),
    node('Div', 'square one', 'part'),
    node('Mod', 'part one', 'rest', { fmod: 1 }),
    node('Pow', 'square two', 'power'),
    node('Sqrt', 'square', 'root'),
    node('Reciprocal', 'one', 'inverse'),
    node('Greater', 'x one', 'large'),
    node('Where', 'large x power', 'chosen'),
    node('Clip', 'x inverse one', 'clipped'),
    node('Max', 'x row', 'larger'),
    node('Mean', 'larger clipped', 'middle'),
    node('PRelu', 'middle row', 'bent'),
    node('Gather', 'x two_rows', 'gathered', { axis: 0 }),
    node('GatherElements', 'x places', 'picked', { axis: 1 }),
    node('GatherND', 'x tuples', 'tupled'),
    node('ScatterElements', 'x places rows', 'placed', { axis: 0, reduction: 'add' }),
    node('ScatterND', 'placed tuples rows', 'added', { reduction: 'add' }),
    node('ScatterND', 'added tuples rows', 'put'),
    node('Concat', 'gathered picked tupled put', 'all', { axis: 0 }),
    node('Split', 'x', 'first others', { axis: 1, num_outputs: 2 }),
    node('Slice', 'all start end axis step', 'sliced'),
    node('Pad', 'sliced pads one_', 'padded', { mode: 'constant' }),
    node('Transpose', 'padded', 'turned', { perm: [1, 0] }),
    node('Reshape', 'turned flat', 'vector'),
    node('TopK', 'vector start', 'top where'),
    node('Compress', 'x truth', 'kept', { axis: 1 }),
    node('CumSum', 'kept zero', 'summed'),
    node('ReduceSum', 'summed last', 'column'),
    node('Expand', 'column same', 'wide'),
    node('Tile', 'others two_rows_', 'tiled'),
    node('Unsqueeze', 'x zero_', 'stack'),
    node('Trilu', 'stack', 'upper'),
    node('Squeeze', 'upper zero_', 'matrix'),
    node('MatMul', 'matrix weight', 'product'),
    node('Gemm', 'product weight row', 'layer', { alpha: { float: 0.5 }, transB: 1 }),
    node('Einsum', 'layer product', 'pairs', { equation: 'ij,kj->ik' }),
    node('Gemm', 'x x', 'gram', { transA: 1 }),
    node('Det', 'gram', 'volume'),
    node('LayerNormalization', 'layer row row', 'normal', { axis: -1 }),
    node('Transpose', 'stack', 'stack_', { perm: [0, 2, 1] }),
    node('InstanceNormalization', 'stack_ row row', 'instance'),
    node('BatchNormalization', 'x row row row square_row', 'batch'),
    node('Cast', 'tiled', 'double', { to: 11 }),
    node('CastLike', 'double x', 'single'),
    node('Identity', 'single', 'same_'),
  ];
  const ends = nodes.flatMap(({ output }) => output).filter((name) => !whole.has(name));
  const sums = ends.map((name, k) => node('ReduceSum', name, `sum${k}`, { keepdims: 0 }));
  nodes.push(...sums, node('Sum', sums.map(({ output }) => output[0]).join(' '), 'energy'));
  const parts = { nodes, inputs: { x: 'float32[n,3]' }, outputs: { energy: 'float32' }, weights };
  const given = model(parts, { opset: 20, irVersion: 9 });
  const probes = [4, 5].map((n) => ({ x: scattered([n, 3]) }));
  const outputs = { forces: 'f', virial: 'v', stress: { name: 's', cell: 'cell' } };
  return inMemory(given, { run: graphRunner, probes, energy: 'energy', positions: 'x', outputs });
}

/** Tensors that are no floats, or of which there is no sum in single precision. */
const whole = new Set(['large', 'where', 'same', 'double']);
const weights: Readonly<Record<string, TensorValue>> = {
  row: floats([1, 2, 3]),
  square_row: floats([1, 4, 9]),
  rows: scattered([2, 3]),
  weight: scattered([3, 3]),
  one: floats([1], []),
  one_: floats([1], []),
  two: floats([2], []),
  last: longs([-1]),
  two_rows: longs([0, -1]),
  two_rows_: longs([2, 1]),
  places: longs([0, 1, 2, 0, 1, 1], [2, 3]),
  tuples: longs([0, 2], [2, 1]),
  start: longs([1]),
  end: longs([1 << 20]),
  axis: longs([0]),
  step: longs([2]),
  pads: longs([1, 0, 0, 1]),
  flat: longs([-1]),
  zero: longs([0], []),
  zero_: longs([0]),
  truth: tensorOf('bool', [1, 0, 1]),
};
