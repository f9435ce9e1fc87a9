// Functions put in the place of their calls: the same numbers as ONNX Runtime gives when it inlines them itself.

import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../src/onnx/graph-names.js';
import { inlineFunctions } from '../../../src/onnx/index.js';
import {
  doubles,
  floats,
  functionOf,
  graph,
  model,
  node,
  referring,
  run,
  scattered,
} from '../../support/onnx-nodes.js';
import { thrownBy } from '../../support/thrown.js';

const own = { own: 1 };
const io = { inputs: { x: 'float32[n]' }, outputs: { y: 'float32' } };

/** leaky(v) = LeakyRelu of slope `slope`, 0.5 unless given. */
const leaky = functionOf({
  name: 'Leaky',
  inputs: ['v'],
  outputs: ['w'],
  nodes: [referring(node('LeakyRelu', 'v', 'w'), { alpha: 'slope' }, { alpha: { float: 0 } })],
  defaults: { slope: { float: 0.5 } },
});
/** twice(v) = leaky(leaky(v)) + v, the slopes its own and the default; `t` is a name that the graph has too. */
const twice = functionOf({
  name: 'Twice',
  inputs: ['v'],
  outputs: ['sum'],
  nodes: [
    referring(node('own:Leaky', 'v', 't'), { slope: 'steep' }, { slope: { float: 0 } }),
    node('own:Leaky', 't', 'u'),
    node('Add', 'u v', 'sum'),
  ],
  attributes: ['steep'],
});

describe('functions', () => {
  it('are inlined in each other, with attributes by reference and defaults, under names of their own', () => {
    const given = model(
      {
        nodes: [
          node('own:Twice', 'x', 't', { steep: { float: 0.25 } }),
          node('own:Twice', 't', 'u', { steep: { float: 4 } }),
          node('Sub', 't u', 'y'),
        ],
        ...io,
      },
      { functions: [leaky, twice], domains: own },
    );
    const before = structuredClone(given);
    const { model: inlined, changes } = inlineFunctions(given);
    expect(given).toEqual(before);
    expect(inlined.functions).toEqual([]);
    expect(inlined.opsetImport.map(({ domain }) => domain)).toEqual(['']);
    expect(changes).toEqual([
      { pass: 'inline-functions', count: 6, values: { functions: ['Leaky', 'Twice'] } },
    ]);
    const outputs = inlined.graph!.node.flatMap(({ output }) => output);
    expect(new Set(outputs).size).toBe(outputs.length);
    for (const n of [1, 5])
      expect(run(inlined, { x: scattered([n]) })).toEqual(run(given, { x: scattered([n]) }));
  });

  it('may leave inputs out and pass them through, and give more outputs than are wanted', () => {
    const clipped = functionOf({
      name: 'Clipped',
      inputs: ['v', 'low', 'high'],
      outputs: ['w', 'v', 'unused'],
      nodes: [node('Clip', 'v low high', 'w'), node('Neg', 'w', 'unused')],
    });
    const given = model(
      {
        nodes: [node('own:Clipped', 'x _ h', 'a b'), node('Add', 'a b', 'y')],
        ...io,
        weights: { h: floats([0.5], []) },
      },
      { functions: [clipped], domains: own },
    );
    const x = floats([-2, 0.25, 3]);
    expect(run(inlineFunctions(given).model, { x }).y).toEqual(floats([-4, 0.5, 3.5]));
  });

  it('are told apart by overload, and reach into branches that capture', () => {
    const halves = ['', 'double'].map((overload, k) =>
      functionOf({
        name: 'Scale',
        overload,
        inputs: ['v'],
        outputs: ['w'],
        nodes: [node('Constant', '', 'c', { value: floats([k + 1], []) }), node('Mul', 'v c', 'w')],
      }),
    );
    const branch = (overload: string) =>
      graph({
        nodes: [Object.assign(node('own:Scale', 'x', 'c'), { overload })],
        outputs: { c: 'float32' },
      });
    const given = model(
      {
        nodes: [
          node('ReduceSum', 'x', 'total', { keepdims: 0 }),
          node('Constant', '', 'zero', { value: floats([0], []) }),
          node('Greater', 'total zero', 'positive'),
          node('If', 'positive', 'y', {}, { then_branch: branch(''), else_branch: branch('double') }),
        ],
        ...io,
      },
      { functions: halves, domains: own, irVersion: 10 },
    );
    const { model: inlined } = inlineFunctions(given);
    expect(run(inlined, { x: floats([1, 2]) }).y).toEqual(floats([1, 2]));
    expect(run(inlined, { x: floats([-1, -2]) }).y).toEqual(floats([-2, -4]));
  });

  it('of another operator set are raised, and so is the graph', () => {
    const total = functionOf({
      name: 'Total',
      inputs: ['v'],
      outputs: ['w'],
      nodes: [referring(node('ReduceSum', 'v', 'w', { keepdims: 0 }), { axes: 'axes' }, { axes: [0] })],
      attributes: ['axes'],
      opset: 12,
    });
    const newer = functionOf({
      name: 'Newer',
      inputs: ['v'],
      outputs: ['w'],
      nodes: [node('Mish', 'v', 'w')],
    });
    const given = model(
      {
        nodes: [
          node('own:Total', 'x', 'a', { axes: [0] }),
          node('own:Newer', 'a', 'b'),
          node('Unsqueeze', 'b', 'y', { axes: [0] }),
        ],
        inputs: { x: 'float32[n,m]' },
        outputs: { y: 'float32' },
      },
      { functions: [total, newer], domains: own, opset: 12 },
    );
    const { model: inlined } = inlineFunctions(given);
    const x = floats([1, 2, 3, 4, 5, 6], [2, 3]);
    const mish = (v: number) => v * Math.tanh(Math.log1p(Math.exp(v)));
    const { data, dims } = run(inlined, { x }).y!;
    expect(dims).toEqual([1, 3]);
    expect([...data].map(Number)).toEqual([5, 7, 9].map((v) => expect.closeTo(mish(v), 5)));
  });

  it('that call each other in a circle, or without end, are refused', () => {
    const call = (name: string, others: readonly string[]) =>
      functionOf({
        name,
        inputs: ['v'],
        outputs: [`w${others.length}`],
        nodes: others.map((other, k) => node(`own:${other}`, k === 0 ? 'v' : `w${k}`, `w${k + 1}`)),
      });
    const given = (functions: ReturnType<typeof call>[]) =>
      model({ nodes: [node('own:F0', 'x', 'y')], ...io }, { functions, domains: own });
    const circle = thrownBy(() => inlineFunctions(given([call('F0', ['F1']), call('F1', ['F0'])])));
    expect(circle).toMatchObject({
      code: 'damaged-onnx',
      message: expect.stringMatching(/in a circle \(F0, F1\)/),
    });
    const tenfold = Array.from({ length: 12 }, (_, k) => call(`F${k}`, new Array(10).fill(`F${k + 1}`)));
    const last = functionOf({ name: 'F12', inputs: ['v'], outputs: ['w'], nodes: [node('Neg', 'v', 'w')] });
    expect(thrownBy(() => inlineFunctions(given([...tenfold, last]))).message).toMatch(/100000 nodes/);
  });

  it('leaves a model without functions as it is', () => {
    const given = model({ nodes: [node('Neg', 'x', 'y')], inputs: { x: 'float64' }, outputs: { y: '' } });
    expect(inlineFunctions(given).model).toBe(given);
    expect([...namesOf(given.graph!)]).toContain('x');
    expect(run(given, { x: doubles([1]) }).y).toEqual(doubles([-1]));
  });
});
