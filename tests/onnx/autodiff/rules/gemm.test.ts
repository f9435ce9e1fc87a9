// Gemm against differences: both transpositions, scales, every bias that broadcasts, no rows.

import { describe, it } from 'vitest';
import { expectGradients } from '../../../support/micro-graph.js';

const turns = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
const biases = [
  ['a row', ['m']],
  ['a column', ['n', 1]],
  ['a row of a matrix', [1, 'm']],
  ['a matrix', ['n', 'm']],
  ['a scalar', []],
  ['one number', [1]],
] as const;

describe('Gemm', () => {
  it.each(turns)('with transA %i and transB %i', async (transA, transB) => {
    await expectGradients({
      inputs: {
        a: { dims: transA ? [3, 'n'] : ['n', 3] },
        b: { dims: transB ? ['m', 3] : [3, 'm'] },
        c: { dims: ['m'] },
      },
      build: (graph, { a, b, c }) =>
        graph.op('Gemm', [a!, b!, c!], { transA, transB, alpha: { float: 0.5 }, beta: { float: -2 } }),
    });
  });

  it.each(biases)('with %s as bias', async (_, dims) => {
    await expectGradients({
      inputs: { a: { dims: ['n', 2] }, b: { dims: [2, 'm'] }, c: { dims } },
      build: (graph, { a, b, c }) => graph.op('Gemm', [a!, b!, c!]),
    });
  });

  it('without a bias, of a constant matrix', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n', 3] } },
      build: (graph, { a }) =>
        graph.op('Gemm', [a!, graph.constant('float64', [1, 2, -3, 4, 0.5, 6], [3, 2])]),
    });
  });

  it.each(turns)('of no rows, with transA %i and transB %i', async (transA, transB) => {
    await expectGradients({
      inputs: {
        a: { dims: transA ? [3, 'e'] : ['e', 3] },
        b: { dims: transB ? ['m', 3] : [3, 'm'] },
        c: { dims: ['m'] },
      },
      build: (graph, { a, b, c }) => graph.op('Gemm', [a!, b!, c!], { transA, transB }),
      sizes: [
        { m: 4, e: 5 },
        { m: 1, e: 2 },
        { m: 3, e: 0 },
      ],
    });
  });
});
