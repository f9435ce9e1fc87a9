// ScatterElements and ScatterND against differences: every reduction, duplicates, negative indices, no updates.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf, type MicroInput, type Sizes } from '../../../support/micro-graph.js';
import { thrownBy } from '../../../support/thrown.js';

const fewEdges = [
  { n: 4, e: 7 },
  { n: 1, e: 2 },
  { n: 3, e: 0 },
] as const;
const x: MicroInput = { dims: ['n', 3] };
const reductions = ['none', 'add', 'max', 'min'];

describe.each(reductions)('ScatterElements, reduction %s', (reduction) => {
  it.each([
    ['rows', ['n', 3], ['e', 3], 0, 'n'],
    ['columns', ['m', 'n'], ['m', 'e'], -1, 'n'],
    ['fewer columns than there are', ['n', 3], ['e', 2], 0, 'n'],
    ['a vector', ['n'], ['e'], 0, 'n'],
  ] as const)('into %s', async (_, dims, indexDims, axis, length) => {
    for (const type of ['int64', 'int32'] as const) {
      await expectGradients({
        inputs: {
          x: { dims },
          index: { type, dims: indexDims, range: [0, length] },
          updates: { dims: indexDims },
        },
        build: (graph, { x, index, updates }) =>
          graph.op('ScatterElements', [x!, index!, updates!], { axis, reduction }),
      });
    }
  });

  it('into the same row from either end, or not at all', async () => {
    const values = ({ n, e }: Sizes) => Array.from({ length: 3 * e! }, (_, k) => (k % 2 === 0 ? -1 : n! - 1));
    await expectGradients({
      inputs: { x, index: { type: 'int64', dims: ['e', 3], values }, updates: { dims: ['e', 3] } },
      build: (graph, { x, index, updates }) =>
        graph.op('ScatterElements', [x!, index!, updates!], { reduction }),
      sizes: fewEdges,
    });
  });
});

describe.each(reductions)('ScatterND, reduction %s', (reduction) => {
  it.each([
    ['rows', ['n', 3], ['e', 1], ['e', 3]],
    ['elements', ['n', 'n'], ['e', 2], ['e']],
    ['slices, in a matrix', ['n', 'n', 2], ['e', 'k', 2], ['e', 'k', 2]],
    ['one element', ['n', 'n'], [2], []],
  ] as const)('into %s', async (_, dims, indexDims, updateDims) => {
    await expectGradients({
      inputs: {
        x: { dims },
        index: { type: 'int64', dims: indexDims, range: [0, 'n'] },
        updates: { dims: updateDims },
      },
      build: (graph, { x, index, updates }) => graph.op('ScatterND', [x!, index!, updates!], { reduction }),
    });
  });

  it('into the same row from either end, or not at all', async () => {
    const values = ({ n, e }: Sizes) => Array.from({ length: e! }, (_, k) => (k % 2 === 0 ? -1 : n! - 1));
    await expectGradients({
      inputs: { x, index: { type: 'int64', dims: ['e', 1], values }, updates: { dims: ['e', 3] } },
      build: (graph, { x, index, updates }) => graph.op('ScatterND', [x!, index!, updates!], { reduction }),
      sizes: fewEdges,
    });
  });
});

describe.each([
  ['ScatterElements', ['e', 3]],
  ['ScatterND', ['e', 1]],
] as const)('%s', (operator, indexDims) => {
  const index: MicroInput = { type: 'int64', dims: indexDims, range: [0, 'n'] };

  it('multiplies by what is held', async () => {
    await expectGradients({
      inputs: { x, index, updates: { dims: ['e', 3], held: true } },
      build: (graph, { x, index, updates }) =>
        graph.op(operator, [x!, index!, updates!], { reduction: 'mul' }),
    });
  });

  it('refuses to multiply by what moves', () => {
    const differentiate = () =>
      gradientsOf({
        inputs: { x, index, updates: { dims: ['e', 3] } },
        build: (graph, { x, index, updates }) =>
          graph.op(operator, [x!, index!, updates!], { reduction: 'mul' }),
      });
    expect(thrownBy(differentiate)).toMatchObject({
      code: 'not-differentiable',
      message: expect.stringContaining(`the operator ${operator} multiplies by values`),
    });
  });

  it('divides the gradient between equal ones', () => {
    const found = gradientsOf({
      inputs: {
        x: { dims: [2, 1], values: () => [5, 1] },
        index: { type: 'int64', dims: [4, 1], values: () => [0, 0, 0, 1] },
        updates: { dims: [4, 1], values: () => [5, 5, 2, 0] },
      },
      build: (graph, { x, index, updates }) =>
        graph.op(operator, [x!, index!, updates!], { reduction: 'max' }),
    });
    const third = expect.closeTo(1 / 3, 15);
    expect(found).toEqual({ x: [third, 1], updates: [third, third, 0, 0] });
  });
});
