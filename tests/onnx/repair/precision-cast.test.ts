// Models in another precision: double results that agree with formulas to the last digits, operator by operator.

import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../../src/onnx/attributes.js';
import { castPrecision } from '../../../src/onnx/index.js';
import { elementTypeNumber } from '../../../src/onnx/tensor-type.js';
import { type TensorValue, tensorOf } from '../../../src/onnx/tensor-values.js';
import {
  doubles,
  floats,
  functionOf,
  graph,
  longs,
  model,
  node,
  referring,
  run,
} from '../../support/onnx-nodes.js';

const points = [-0.999, -0.75, -0.3, -1e-3, 0, 1e-9, 0.02, 0.5, 0.6, 0.9, 0.999];

/** 2/√π Σ (−1)ᵏ x²ᵏ⁺¹/(k!(2k+1)), which converges for every x; good to 1e-15 below 2. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 1; k < 80; k++) {
    term *= (-x * x) / k;
    sum += term / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const functions: [type: string, truth: (x: number) => number, attributes?: Attributes][] = [
  ['Acos', Math.acos],
  ['Asin', Math.asin],
  ['Atan', (x) => Math.atan(x)],
  ['Asinh', Math.asinh],
  ['Atanh', Math.atanh],
  ['Tan', Math.tan],
  ['Sinh', Math.sinh],
  ['Cosh', Math.cosh],
  ['Erf', erf],
  ['Softplus', (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)))],
  ['Celu', (x) => Math.max(0, x) + Math.min(0, 2 * Math.expm1(x / 2)), { alpha: { float: 2 } }],
  ['com.microsoft:Gelu', (x) => 0.5 * x * (1 + erf(x / Math.SQRT2))],
];

describe('a cast to double', () => {
  it.each(functions)(
    'computes %s, which has no kernel, to the last digits',
    (type, truth, attributes = {}) => {
      const given = model(
        {
          nodes: [node(type, 'x', 'y', attributes)],
          inputs: { x: 'float32[n]' },
          outputs: { y: 'float32[n]' },
        },
        { domains: { 'com.microsoft': 1 } },
      );
      const { model: cast, changes, lints } = castPrecision(given, 'float64');
      const { y } = run(cast, { x: doubles(points) }, 'basic');
      for (const [k, x] of points.entries())
        expect(Math.abs(Number(y!.data[k]) - truth(x))).toBeLessThan(4e-15);
      expect(lints).toEqual([]);
      expect(changes[0]!.values.rewritten).toEqual([type.split(':').at(-1)]);
    },
  );

  it('computes them outside of the unit interval as well', () => {
    const far = [-7, -3, -1.5, 1.5, 3, 5.9, 40];
    const at = (type: string) => {
      const parts = { nodes: [node(type, 'x', 'y')], inputs: { x: 'float32' }, outputs: { y: 'float32' } };
      return [...run(castPrecision(model(parts), 'float64').model, { x: doubles(far) }).y!.data].map(Number);
    };
    expect(at('Atan').map((value, k) => Math.abs(value - Math.atan(far[k]!)) < 4e-15)).not.toContain(false);
    expect(at('Asinh').map((value, k) => Math.abs(value - Math.asinh(far[k]!)) < 4e-15)).not.toContain(false);
    // erf(1.5), erf(3), erf(5.9) of Abramowitz and Stegun, table 7.1, and of its asymptotic series.
    const known = [
      -1, -0.9999779095030014, -0.9661051464753108, 0.9661051464753108, 0.9999779095030014, 1, 1,
    ];
    expect(at('Erf').map((value, k) => Math.abs(value - known[k]!) < 4e-15)).not.toContain(false);
    const edges = castPrecision(
      model({ nodes: [node('Acos', 'x', 'y')], inputs: { x: 'float32' }, outputs: { y: 'float32' } }),
      'float64',
    ).model;
    const { data } = run(edges, { x: doubles([-1, 1 - 1e-12, 1]) }).y!;
    expect(Number(data[0])).toBeCloseTo(Math.PI, 14);
    expect(Math.abs(Number(data[1]) - Math.acos(1 - 1e-12))).toBeLessThan(1e-15);
    expect(data[2]).toBe(0);
  });

  it('reaches constants of every form, shapes filled, casts, random types, branches and functions', () => {
    const third = functionOf({
      name: 'Third',
      inputs: ['v'],
      outputs: ['w'],
      nodes: [
        referring(node('Constant', '', 'c'), { value_float: 'by' }, { value_float: { float: 0 } }),
        node('Mul', 'v c', 'w'),
      ],
      attributes: ['by'],
    });
    const branch = graph({
      nodes: [node('Cast', 'n', 'f', { to: elementTypeNumber('float32') }), node('Add', 'f e', 'r')],
      outputs: { r: 'float32' },
      weights: { e: floats([0.5]) },
    });
    const given = model(
      {
        nodes: [
          node('own:Third', 'x', 'a', { by: { float: 3 } }),
          node('Constant', '', 'd', { value: floats([0.25]) }),
          node('Shape', 'x', 'n'),
          node('ConstantOfShape', 'n', 'z'),
          node('ConstantOfShape', 'n', 'o', { value: floats([1]) }),
          node('RandomUniform', '', 'u', { shape: [1] }),
          node('Sub', 'u u', 'nothing'),
          node('If', 'c', 'b', {}, { then_branch: branch, else_branch: branch }),
          node('Sum', 'a d z o nothing b', 'y'),
        ],
        inputs: { x: 'float32[n]', c: 'bool' },
        outputs: { y: 'float32[n]' },
      },
      { functions: [third], domains: { own: 1 } },
    );
    given.graph!.valueInfo.push(given.graph!.output[0]!);
    const before = structuredClone(given);
    const { model: cast, changes } = castPrecision(given, 'float64');
    expect(given).toEqual(before);
    const x = [0.1, 0.2];
    const { y } = run(cast, { x: doubles(x), c: tensorOf('bool', [1], []) }, 'all');
    expect(y).toEqual(doubles(x.map((v) => 3 * v + 0.25 + 0 + 1 + 0 + 2.5)));
    expect(changes.at(-1)!.values).toMatchObject({ from: ['float32'], to: 'float64' });
    expect(cast.graph!.valueInfo).toEqual([]);
  });

  const image = { x: 'float32[b,c,h,w]' };
  const pixels = (type: string) =>
    tensorOf(
      type,
      Array.from({ length: 16 }, (_, k) => (k * 7) % 5),
      [1, 1, 4, 4],
    );
  it.each<[string, string, Attributes, Record<string, TensorValue>]>([
    ['Conv', 'x w', {}, { w: floats([1, 0.5, -1, 2], [1, 1, 2, 2]) }],
    ['Resize', 'x _ s', { mode: 'nearest' }, { s: floats([1, 1, 2, 2]) }],
    ['GlobalAveragePool', 'x', {}, {}],
  ])('runs %s in single precision between two casts, and says so', (type, inputs, attributes, weights) => {
    const given = model({
      nodes: [node(type, inputs, 'y', attributes)],
      inputs: image,
      outputs: { y: 'float32' },
      weights,
    });
    const { model: cast, lints } = castPrecision(given, 'float64');
    expect(lints).toEqual([{ id: 'no-double-kernel', count: 1, values: { operators: [type] } }]);
    const [single, double] = [
      run(given, { x: pixels('float32') }).y!,
      run(cast, { x: pixels('float64') }).y!,
    ];
    expect(double.type).toBe('float64');
    expect([...double.data]).toEqual([...single.data]);
  });

  it('keeps a number that stands for no type, to the ends of int64', () => {
    const ends = [(1n << 63n) - 1n, -(1n << 63n), (1n << 53n) + 1n];
    const casts = ends.map((end, k) => {
      const cast = node('Cast', 'x', `y${k}`, { to: 0 });
      cast.attribute[0]!.i = end;
      return cast;
    });
    const given = model({ nodes: casts, inputs: { x: 'float32[n]' }, outputs: { y0: 'float32' } });
    const kept = castPrecision(given, 'float64').model.graph!.node;
    expect(kept.map(({ attribute }) => attribute[0]!.i)).toEqual(ends);
  });

  it('keeps NonZero, Mean and OneHot exact', () => {
    const given = model({
      nodes: [
        node('NonZero', 'x', 'places'),
        node('Squeeze', 'places axis', 'flat'),
        node('OneHot', 'flat depth values', 'hot', { axis: 0 }),
        node('Gather', 'x flat', 'g'),
        node('Mean', 'hot g', 'y'),
      ],
      inputs: { x: 'float32[n]' },
      outputs: { y: 'float32' },
      weights: { axis: longs([0]), depth: longs([3], []), values: floats([0.5, 2]) },
    });
    const numbers = [1, 0, 3];
    const single = run(given, { x: floats(numbers) }).y!;
    const double = run(castPrecision(given, 'float64').model, { x: doubles(numbers) }).y!;
    expect(double).toEqual({
      ...single,
      type: 'float64',
      data: Float64Array.from(single.data as Float32Array),
    });
  });
});

describe('a cast to single precision', () => {
  it('takes doubles and halves alike', () => {
    const halves = { type: 'float16', dims: [3], data: Uint16Array.of(0x3c00, 0xc100, 0x0001) };
    const given = model({
      nodes: [
        node('Cast', 'h', 'f', { to: elementTypeNumber('float64') }),
        node('Mul', 'f w', 'p'),
        node('Add', 'p x', 'y'),
      ],
      inputs: { x: 'float64[n]' },
      outputs: { y: 'float64[n]' },
      weights: { h: halves, w: doubles([1, 2, 2 ** 24]) },
    });
    const { model: cast, changes } = castPrecision(given, 'float32');
    expect(changes[0]!.values.from).toEqual(['float16', 'float64']);
    expect(run(cast, { x: floats([0, 1, 0]) }).y).toEqual(floats([1, -4, 1]));
  });

  it('leaves a model of that precision as it is', () => {
    const parts = { nodes: [node('Neg', 'x', 'y')], inputs: { x: 'float32' }, outputs: { y: 'float32' } };
    const given = model(parts);
    expect(castPrecision(given, 'float32').model).toBe(given);
  });
});
