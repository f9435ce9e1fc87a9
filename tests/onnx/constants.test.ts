// What is known of the constants of a graph: their values, zeros of any shape, and the numbers of small ones.

import { expect, it } from 'vitest';
import { constantsOf } from '../../src/onnx/constants.js';
import { tensorOf } from '../../src/onnx/tensor-values.js';
import { doubles, floats, graph, longs, node } from '../support/onnx-nodes.js';

const nodes = [
  node('Constant', '', 'tensor', { value: floats([1, 2]) }),
  node('Constant', '', 'float', { value_float: { float: 0.5 } }),
  node('Constant', '', 'whole', { value_int: 7 }),
  node('Constant', '', 'wholes', { value_ints: [3, -1] }),
  node('Reshape', 'weights wholes', 'shaped'),
  node('Cast', 'shaped', 'cast', { to: 1 }),
  node('Transpose', 'cast', 'turned'),
  node('Neg', 'cast', 'negative'),
  node('Identity', 'x', 'given'),
  node('ConstantOfShape', 'wholes', 'blank'),
  node('ConstantOfShape', 'wholes', 'ones', { value: floats([1]) }),
  node('Expand', 'blank wholes', 'wide'),
  node('Expand', 'none wholes', 'wider'),
  node('Expand', 'ones wholes', 'filled'),
  node('Identity', 'second', 'first'),
  node('Identity', 'first', 'second'),
];
const weights = {
  weights: doubles([1, 2, 3]),
  none: floats([0], []),
  large: floats(new Array(257).fill(0)),
  halves: tensorOf('float16', [0x3c00, 0x4500]),
  overridden: longs([4]),
};
const found = constantsOf(
  graph({ nodes, weights, inputs: { x: 'float32[n]', overridden: 'int64[1]' }, outputs: { given: '' } }),
);

it.each([
  ['tensor', [1, 2]],
  ['float', [0.5]],
  ['whole', [7]],
  ['wholes', [3, -1]],
  ['weights', [1, 2, 3]],
  ['shaped', [1, 2, 3]],
  ['cast', [1, 2, 3]],
  ['overridden', [4]],
  ['halves', [1, 5]],
  ['turned', undefined],
  ['negative', undefined],
  ['given', undefined],
  ['blank', undefined],
  ['large', undefined],
  ['first', undefined],
  ['', undefined],
])('the numbers of %s', (name, numbers) => {
  for (let time = 0; time < 2; time++) expect(found.numbers(name)).toEqual(numbers);
});

it.each([
  ['tensor', floats([1, 2])],
  ['float', floats([0.5], [])],
  ['whole', longs([7], [])],
  ['wholes', longs([3, -1])],
  ['weights', weights.weights],
  ['large', weights.large],
  ['shaped', null],
  ['overridden', null],
  ['given', null],
])('the value of %s', (name, value) => {
  expect(found.value(name)).toEqual(value);
});

it.each([
  ['none', true],
  ['large', true],
  ['blank', true],
  ['wide', true],
  ['wider', true],
  ['ones', false],
  ['filled', false],
  ['tensor', false],
  ['turned', false],
  ['given', false],
  ['overridden', false],
  ['second', false],
  ['missing', false],
])('whether %s is zero', (name, zero) => {
  expect(found.zeros(name)).toBe(zero);
});

it('a tensor that is damaged has no numbers', () => {
  const damaged = graph({ nodes: [], weights: { short: tensorOf('float32', [1, 2]) }, outputs: {} });
  damaged.initializer[0]!.dims = [3n];
  expect(constantsOf(damaged).numbers('short')).toBeUndefined();
});

it('a function knows what it is called with', () => {
  const body = [node('Squeeze', 'given', 'scalar'), node('Identity', 'other', 'unknown')];
  const inside = constantsOf({ node: body }, new Map([['given', [5]]]));
  expect(inside.numbers('scalar')).toEqual([5]);
  expect(inside.numbers('unknown')).toBeUndefined();
});
