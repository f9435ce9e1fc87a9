// Every operator whose text changed between operator sets gives the same numbers after the upgrade, ONNX Runtime running both.

import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../../src/onnx/attributes.js';
import { upgradeOpset } from '../../../src/onnx/index.js';
import { standardOpset } from '../../../src/onnx/repair/opset-raise.js';
import { type TensorValue, tensorOf } from '../../../src/onnx/tensor-values.js';
import { floats, functionOf, graph, longs, model, node, run, scattered } from '../../support/onnx-nodes.js';
import { thrownBy } from '../../support/thrown.js';

interface Case {
  readonly name: string;
  readonly type: string;
  readonly opset: number;
  readonly attributes?: Attributes;
  readonly inputs?: string;
  readonly outputs?: string;
  readonly weights?: Readonly<Record<string, TensorValue>>;
  /** Shapes of `x` to try. */
  readonly shapes: readonly (readonly number[])[];
}

const cubes = [
  [2, 3, 4],
  [5, 1, 2],
];
const flats = [
  [4, 6],
  [2, 6],
];
const reductions = [
  ...[
    'ReduceL1',
    'ReduceL2',
    'ReduceLogSumExp',
    'ReduceMax',
    'ReduceMean',
    'ReduceMin',
    'ReduceProd',
    'ReduceSum',
  ],
  'ReduceSumSquare',
];
const cases: Case[] = [
  ...reductions.flatMap((type): Case[] => [
    { name: 'axes', type, opset: 11, attributes: { axes: [0, -1] }, shapes: cubes },
    {
      name: 'axes, dimensions dropped',
      type,
      opset: 12,
      attributes: { axes: [1], keepdims: 0 },
      shapes: cubes,
    },
    {
      name: 'all axes',
      type,
      opset: type === 'ReduceSum' ? 12 : 17,
      attributes: { keepdims: 0 },
      shapes: cubes,
    },
  ]),
  {
    name: 'axes',
    type: 'Squeeze',
    opset: 11,
    attributes: { axes: [1] },
    shapes: [
      [2, 1, 3],
      [4, 1, 1],
    ],
  },
  {
    name: 'all axes',
    type: 'Squeeze',
    opset: 9,
    shapes: [
      [2, 1, 3],
      [1, 5],
    ],
  },
  { name: 'axes', type: 'Unsqueeze', opset: 12, attributes: { axes: [0, 2] }, shapes: flats },
  {
    name: 'sizes',
    type: 'Split',
    opset: 11,
    attributes: { axis: 1, split: [1, 5] },
    outputs: 'y z',
    shapes: flats,
  },
  { name: 'equal parts', type: 'Split', opset: 12, attributes: { axis: -1 }, outputs: 'y z', shapes: flats },
  { name: 'equal parts', type: 'Split', opset: 17, outputs: 'y z', shapes: flats },
  {
    name: 'attributes',
    type: 'Slice',
    opset: 9,
    attributes: { starts: [0, -3], ends: [1, 9], axes: [0, 1] },
    shapes: flats,
  },
  { name: 'no axes', type: 'Slice', opset: 9, attributes: { starts: [1], ends: [2] }, shapes: flats },
  {
    name: 'bounds',
    type: 'Clip',
    opset: 9,
    attributes: { min: { float: -0.5 }, max: { float: 1 } },
    shapes: cubes,
  },
  { name: 'one bound', type: 'Clip', opset: 10, attributes: { max: { float: 0.25 } }, shapes: cubes },
  { name: 'zeros', type: 'Pad', opset: 10, attributes: { pads: [1, 0, 0, 2] }, shapes: flats },
  {
    name: 'a value',
    type: 'Pad',
    opset: 9,
    attributes: { pads: [0, 1, 2, 0], value: { float: 2.5 } },
    shapes: flats,
  },
  {
    name: 'reflection',
    type: 'Pad',
    opset: 10,
    attributes: { pads: [1, 1, 0, 1], mode: 'reflect' },
    shapes: flats,
  },
  { name: 'k', type: 'TopK', opset: 9, attributes: { k: 2, axis: 1 }, outputs: 'y i', shapes: flats },
  { name: 'inference', type: 'Dropout', opset: 9, attributes: { ratio: { float: 0.3 } }, shapes: flats },
  { name: 'inference', type: 'Dropout', opset: 11, attributes: { ratio: { float: 0.3 } }, shapes: flats },
  {
    name: 'nearest',
    type: 'Upsample',
    opset: 9,
    inputs: 'x s',
    attributes: { mode: 'nearest' },
    weights: { s: floats([1, 1, 2, 3]) },
    shapes: [
      [1, 2, 3, 2],
      [2, 1, 1, 4],
    ],
  },
  {
    name: 'linear',
    type: 'Upsample',
    opset: 9,
    inputs: 'x s',
    attributes: { mode: 'linear' },
    weights: { s: floats([1, 1, 2, 2]) },
    shapes: [
      [1, 2, 3, 2],
      [2, 1, 2, 4],
    ],
  },
  {
    name: 'ScatterElements',
    type: 'Scatter',
    opset: 9,
    inputs: 'x i u',
    attributes: { axis: 1 },
    weights: { i: longs([5, 0, 3, 1], [2, 2]), u: floats([9, 8, 7, 6], [2, 2]) },
    shapes: flats,
  },
  ...['Softmax', 'LogSoftmax', 'Hardmax'].flatMap((type): Case[] => [
    { name: 'the default axis of a matrix', type, opset: 9, shapes: flats },
    { name: 'a middle axis', type, opset: 11, attributes: { axis: 1 }, shapes: cubes },
    {
      name: 'the first axis',
      type,
      opset: 12,
      attributes: { axis: 0 },
      shapes: [...cubes, [0, 3, 2], [2, 3, 0]],
    },
    { name: 'a negative axis', type, opset: 12, attributes: { axis: -2 }, shapes: [...cubes, [2, 0, 3]] },
    { name: 'the last axis', type, opset: 11, attributes: { axis: -1 }, shapes: cubes },
  ]),
  {
    name: 'inference',
    type: 'BatchNormalization',
    opset: 9,
    inputs: 'x a b m v',
    weights: { a: floats([1, 2, 3]), b: floats([0, 1, 0]), m: floats([0.1, 0.2, 0.3]), v: floats([1, 4, 2]) },
    shapes: [
      [2, 3],
      [2, 3, 4],
    ],
  },
  {
    name: 'with its third input',
    type: 'Gemm',
    opset: 9,
    inputs: 'x w c',
    attributes: { alpha: { float: 0.5 }, transB: 1 },
    weights: { w: scattered([5, 6]), c: scattered([5]) },
    shapes: flats,
  },
  { name: 'to int64', type: 'Cast', opset: 9, attributes: { to: 7 }, shapes: cubes },
  {
    name: 'an axis',
    type: 'CumSum',
    opset: 11,
    inputs: 'x k',
    weights: { k: longs([1], []) },
    shapes: cubes,
  },
];

describe('an upgrade to 18', () => {
  it.each(cases)(
    'keeps $type $opset ($name)',
    ({ type, opset, attributes, inputs = 'x', outputs = 'y', weights, shapes }) => {
      const names = outputs.split(' ');
      const old = model(
        {
          nodes: [node(type, inputs, outputs, attributes)],
          inputs: { x: 'float32' },
          outputs: Object.fromEntries(names.map((name) => [name, ''])),
          ...(weights ? { weights } : {}),
        },
        { opset, irVersion: 4 },
      );
      const { model: raised } = upgradeOpset(old, 18);
      expect(standardOpset(raised)).toBe(18);
      expect(raised.irVersion).toBe(8n);
      for (const shape of shapes) {
        const x = scattered(shape);
        expect(run(raised, { x })).toEqual(run(old, { x }));
      }
    },
  );

  it('does not touch the model that it is given, and shares its weights', () => {
    const old = model(
      {
        nodes: [node('Unsqueeze', 'x', 'a', { axes: [0] }), node('Add', 'a w', 'y')],
        inputs: { x: 'float32[n]' },
        outputs: { y: 'float32' },
        weights: { w: scattered([4]) },
      },
      { opset: 11 },
    );
    const before = structuredClone(old);
    const { model: raised, changes } = upgradeOpset(old, 18);
    expect(old).toEqual(before);
    expect(raised.graph!.initializer[0]!.rawData).toBe(old.graph!.initializer[0]!.rawData);
    expect(changes).toEqual([{ pass: 'opset-upgrade', count: 1, values: { from: 11, to: 18 } }]);
  });

  it('reaches into branches, and inlines functions first', () => {
    const branch = (axis: number) => ({
      nodes: [node('ReduceSum', 'x', 'r', { axes: [axis], keepdims: 0 })],
      outputs: { r: 'float32' },
    });
    const total = functionOf({
      name: 'Total',
      inputs: ['v'],
      outputs: ['t'],
      nodes: [node('ReduceSum', 'v', 't', { axes: [0], keepdims: 0 })],
      opset: 12,
    });
    const old = model(
      {
        nodes: [
          node('If', 'c', 'a', {}, { then_branch: graph(branch(0)), else_branch: graph(branch(1)) }),
          node('own:Total', 'a', 'y'),
        ],
        inputs: { x: 'float32[n,m]', c: 'bool' },
        outputs: { y: 'float32' },
      },
      { opset: 12, functions: [total], domains: { own: 1 } },
    );
    const { model: raised } = upgradeOpset(old, 18);
    for (const flag of [0, 1]) {
      const feeds = { x: scattered([3, 4]), c: tensorOf('bool', [flag], []) };
      expect(run(raised, feeds)).toEqual(run(old, feeds));
    }
  });

  it('makes constants of weights that old files list as inputs', () => {
    const parts = {
      nodes: [node('Add', 'x w', 'y')],
      inputs: { x: 'float32[n]', w: 'float32[1]' },
      outputs: { y: 'float32[n]' },
      weights: { w: floats([2]) },
    };
    const { model: raised } = upgradeOpset(model(parts, { opset: 9, irVersion: 3 }), 18);
    expect(raised.graph!.input.map(({ name }) => name)).toEqual(['x']);
    expect(run(raised, { x: floats([1, 2]) }).y).toEqual(floats([3, 4]));
  });

  it.each([
    ['a mask of Dropout', 9, node('Dropout', 'x', 'y m')],
    ['training', 9, node('BatchNormalization', 'x a a a a', 'y m v s t')],
    ['Resize below 11', 10, node('Resize', 'x a', 'y')],
    ['RoiAlign', 10, node('RoiAlign', 'x a a', 'y')],
    ['ConvTranspose', 9, node('ConvTranspose', 'x a', 'y', { auto_pad: 'SAME_UPPER' })],
  ])('refuses %s by name', (_, opset, only) => {
    const parts = {
      nodes: [only],
      inputs: { x: 'float32' },
      outputs: { y: '' },
      weights: { a: floats([1]) },
    };
    const error = thrownBy(() => upgradeOpset(model(parts, { opset }), 18));
    expect(error.code).toBe('opset-unsupported');
    expect(error.message).toContain(only.opType);
  });

  it('refuses what is older than 9', () => {
    const parts = { nodes: [node('Neg', 'x', 'y')], inputs: { x: 'float32' }, outputs: { y: '' } };
    expect(thrownBy(() => upgradeOpset(model(parts, { opset: 7 }), 18)).message).toMatch(/Version 7/);
  });
});
