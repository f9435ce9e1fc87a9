// Compress, TopK, Trilu and NonZero against differences: chosen by inputs, along every axis, nothing included.

import { describe, it } from 'vitest';
import { expectGradients, type MicroInput } from '../../../support/micro-graph.js';

const empty = [
  { n: 4, e: 7 },
  { n: 1, e: 2 },
  { n: 3, e: 0 },
] as const;

describe('Compress', () => {
  it.each([
    ['rows', ['e', 3], ['e'], 0],
    ['the last axis', ['n', 2, 'e'], ['e'], -1],
    ['fewer conditions than rows', ['e', 3], [2], 0],
    ['elements', ['n', 3], ['n'], undefined],
  ] as const)('of %s', async (_, dims, conditionDims, axis) => {
    await expectGradients({
      inputs: { x: { dims }, condition: { type: 'bool', dims: conditionDims } },
      build: (graph, { x, condition }) =>
        graph.op('Compress', [x!, condition!], axis === undefined ? {} : { axis }),
    });
  });

  it.each([0, undefined])('of nothing, axis %s', async (axis) => {
    const condition: MicroInput = { type: 'bool', dims: ['e'], values: ({ e }) => new Array(e).fill(0) };
    await expectGradients({
      inputs: { x: { dims: ['e', 3] }, condition },
      build: (graph, { x, condition }) =>
        graph.op('Compress', [x!, condition!], axis === undefined ? {} : { axis }),
      sizes: empty,
    });
  });
});

describe('TopK', () => {
  it.each([
    [-1, 1, ['n', 'e']],
    [0, 0, ['e', 'n']],
    [1, 1, [2, 'e', 3]],
  ] as const)('along axis %i, largest %i', async (axis, largest, dims) => {
    await expectGradients({
      inputs: { x: { dims }, count: { type: 'int64', dims: [1], values: ({ k }) => [k!] } },
      build: (graph, { x, count }) => graph.ops('TopK', [x!, count!], 2, { axis, largest })[0]!,
    });
  });

  it('of none and of all', async () => {
    await expectGradients({
      inputs: {
        x: { dims: ['n', 3] },
        count: { type: 'int64', dims: [1], values: ({ e }) => [Math.min(e!, 3)] },
      },
      build: (graph, { x, count }) => graph.ops('TopK', [x!, count!], 2)[0]!,
      sizes: empty,
    });
  });
});

describe('Trilu', () => {
  it.each([
    [1, undefined, ['n', 'm']],
    [0, undefined, ['n', 'n']],
    [1, 1, [2, 'n', 'n']],
    [0, -1, ['n', 'm']],
    [0, 2, ['n', 'm']],
  ] as const)('upper %i, from diagonal %s', async (upper, k, dims) => {
    await expectGradients({
      inputs: { x: { dims } },
      build: (graph, { x }) =>
        graph.op('Trilu', k === undefined ? [x!] : [x!, graph.constant('int64', [k])], { upper }),
    });
  });
});

describe('NonZero', () => {
  const rows = (n: number) => [1, 0, 1].map((number) => (n === 3 ? number : 0));
  it.each([1, 2])('of an element that no probe holds, through a network of width %i', async (width) => {
    await expectGradients({
      inputs: {
        x: { dims: ['n', 3] },
        species: { type: 'int64', dims: ['n'], values: ({ n }) => [...rows(n!), 0, 0].slice(0, n) },
        weights: { dims: [3, width], held: true },
      },
      build: (graph, { x, species, weights }) => {
        const flat = graph.constant('int64', [-1], [1]);
        const found = graph.op('NonZero', [graph.op('Equal', [species!, graph.constant('int64', [1])])]);
        const atoms = graph.op('Gather', [x!, graph.op('Reshape', [found, flat])], { axis: 0 });
        const hidden = graph.op('MatMul', [graph.op('Elu', [atoms]), weights!]);
        return graph.op('Reshape', [graph.op('Tanh', [hidden]), flat]);
      },
    });
  });
});
