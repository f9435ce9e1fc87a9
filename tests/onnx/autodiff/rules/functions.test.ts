// Elementary functions of one variable against differences.

import { expect, it } from 'vitest';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';

/** Those of which the runtime has no kernel in double precision. */
const single = new Set('Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Erf'.split(' '));
const domains: readonly [string, number, number][] = [
  ['Neg', -2, 2],
  ['Exp', -2, 2],
  ['Log', 0.3, 3],
  ['Abs', 0.1, 2],
  ['Abs', -2, -0.1],
  ['Sin', -4, 4],
  ['Cos', -4, 4],
  ['Tan', -1, 1],
  ['Asin', -0.8, 0.8],
  ['Acos', -0.8, 0.8],
  ['Atan', -3, 3],
  ['Sinh', -2, 2],
  ['Cosh', -2, 2],
  ['Asinh', -2, 2],
  ['Acosh', 1.5, 3],
  ['Atanh', -0.7, 0.7],
  ['Tanh', -2, 2],
  ['Erf', -2, 2],
];

it.each(domains)('%s between %d and %d', async (operator, low, high) => {
  await expectGradients({
    inputs: { x: { dims: ['n', 'm'], range: [low, high] } },
    build: (graph, { x }) => graph.op(operator, [x!]),
    ...(single.has(operator) && { precision: 'float32' }),
  });
});

it('Abs has the derivative 0 at 0', () => {
  const found = gradientsOf({
    inputs: { x: { dims: [3], values: () => [-1, 0, 1] } },
    build: (graph, { x }) => graph.op('Abs', [x!]),
  });
  expect(found.x).toEqual([-1, 0, 1]);
});

it('a pole is told as infinite, as in PyTorch', () => {
  const found = gradientsOf({
    inputs: { x: { dims: [2], values: () => [1, -1] } },
    build: (graph, { x }) => graph.op('Acos', [x!]),
    precision: 'float32',
  });
  expect(found.x).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
});
