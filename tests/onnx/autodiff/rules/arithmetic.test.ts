// Add, Sub, Mul, Div against differences, with every way of broadcasting.

import { describe, it } from 'vitest';
import { expectGradients } from '../../../support/micro-graph.js';

const shapes = [
  ['the same shape', ['n', 3], ['n', 3]],
  ['a row', ['n', 3], [3]],
  ['a column', ['n', 3], ['n', 1]],
  ['a scalar', ['n', 3], []],
  ['a scalar first', [], ['n', 3]],
  ['both repeated', ['n', 1], [1, 'm']],
  ['higher rank', ['m'], ['n', 3, 'm']],
] as const;

describe.each(['Add', 'Sub', 'Mul', 'Div'])('%s', (operator) => {
  it.each(shapes)('of %s', async (_, a, b) => {
    await expectGradients({
      inputs: { a: { dims: a }, b: { dims: b, range: [0.5, 2] } },
      build: (graph, { a, b }) => graph.op(operator, [a!, b!]),
    });
  });

  it('of an axis that is 1 in one probe only', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n', 'm'] }, b: { dims: ['m'], range: [0.5, 2] } },
      build: (graph, { a, b }) => graph.op(operator, [a!, b!]),
      sizes: [
        { n: 1, m: 3 },
        { n: 4, m: 1 },
        { n: 2, m: 2 },
      ],
    });
  });

  it('of a number and itself', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n'], range: [0.5, 2] } },
      build: (graph, { a }) => graph.op(operator, [a!, a!]),
    });
  });
});
