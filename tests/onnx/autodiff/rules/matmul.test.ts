// MatMul against differences: vectors, matrices, stacks broadcast against each other, and stacks of nothing.

import { describe, it } from 'vitest';
import { expectGradients, type MicroGraph } from '../../../support/micro-graph.js';

const build: MicroGraph['build'] = (graph, { a, b }) => graph.op('MatMul', [a!, b!]);

describe('MatMul', () => {
  it.each([
    ['matrices', ['n', 3], [3, 'm']],
    ['a matrix and a vector', ['n', 'm'], ['m']],
    ['a vector and a matrix', ['n'], ['n', 'm']],
    ['vectors', ['n'], ['n']],
    ['a stack and one matrix', ['e', 'n', 3], [3, 'm']],
    ['a stack of stacks and one matrix', ['k', 2, 'n', 3], [3, 2]],
    ['one matrix and a stack', ['n', 3], ['e', 3, 'm']],
    ['a stack and a vector', ['e', 'n', 3], [3]],
    ['a vector and a stack', ['n'], ['e', 'n', 2]],
    ['a stack of stacks and a vector', ['k', 2, 'n', 3], [3]],
    ['stacks', ['e', 'n', 2], ['e', 2, 'm']],
    ['a stack of one and a stack', [1, 'n', 2], ['e', 2, 3]],
    ['a stack and a stack of one', ['e', 'n', 2], [1, 2, 3]],
    ['stacks that repeat each other', ['k', 1, 'n', 2], ['m', 2, 3]],
    ['a stack and a stack of stacks of one', ['m', 2, 'k'], ['n', 1, 'k', 1]],
    ['columns and rows', ['n', 1], [1, 'm']],
    ['a stack of columns and a row', ['e', 'n', 1], [1, 'm']],
  ] as const)('of %s', async (_, a, b) => {
    await expectGradients({ inputs: { a: { dims: a }, b: { dims: b } }, build });
  });

  it.each([
    ['matrices', ['e', 3], [3, 'n']],
    ['matrices without columns', ['n', 'e'], ['e', 3]],
    ['a stack and one matrix', ['e', 'n', 3], [3, 2]],
    ['a stack of empty matrices and one matrix', ['n', 'e', 2], [2, 3]],
    ['stacks', ['e', 'n', 2], ['e', 2, 1]],
    ['stacks of empty matrices', ['n', 2, 'e'], ['n', 'e', 3]],
  ] as const)('of %s that may be empty', async (_, a, b) => {
    await expectGradients({
      inputs: { a: { dims: a }, b: { dims: b } },
      build,
      sizes: [
        { n: 4, e: 5 },
        { n: 1, e: 2 },
        { n: 3, e: 0 },
      ],
    });
  });

  it('of stacks that are of one in one probe only', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n', 'e', 2, 3] }, b: { dims: ['m', 3, 2] } },
      build,
      sizes: [
        { n: 2, e: 1, m: 3 },
        { n: 1, e: 3, m: 1 },
        { n: 3, e: 2, m: 2 },
      ],
    });
  });

  it('of a matrix and itself', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n', 'n'] } },
      build: (graph, { a }) => graph.op('MatMul', [a!, a!]),
    });
  });
});
