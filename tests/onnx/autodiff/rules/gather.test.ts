// Gather and GatherElements against differences: every axis, ranks of indices, duplicates, negative and no indices.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf, type MicroInput, type Sizes } from '../../../support/micro-graph.js';

const onSomeAxis = [
  ['rows', ['n', 3], ['e'], 0],
  ['columns', ['n', 'm'], ['e'], 1],
  ['columns from behind', ['n', 'm'], ['e'], -1],
  ['the middle', [2, 'n', 3], ['e'], 1],
  ['elements of a vector', ['n'], ['e'], 0],
  ['by pairs', ['n', 3], ['e', 2], 0],
  ['the middle by pairs', ['m', 'n', 2], ['e', 'k'], 1],
  ['by a scalar', ['n', 3], [], 0],
  ['an element of a vector', ['n'], [], 0],
] as const;

describe('Gather', () => {
  it.each(onSomeAxis)('of %s', async (_, dims, indexDims, axis) => {
    const length = dims.at(axis) as string;
    for (const type of ['int64', 'int32'] as const) {
      await expectGradients({
        inputs: { x: { dims }, index: { type, dims: indexDims, range: [0, length] } },
        build: (graph, { x, index }) => graph.op('Gather', [x!, index!], { axis }),
      });
    }
  });

  it('takes the same row again and again, counted from either end', async () => {
    const values = ({ n, e }: Sizes) => Array.from({ length: e! }, (_, k) => (k % 2 === 0 ? -1 : n! - 1));
    await expectGradients({
      inputs: { x: { dims: ['n', 3] }, index: { type: 'int64', dims: ['e'], values } },
      build: (graph, { x, index }) => graph.op('Gather', [x!, index!]),
    });
  });

  it('takes nothing from one system and something from another', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 3] }, index: { type: 'int64', dims: ['e'], range: [0, 'n'] } },
      build: (graph, { x, index }) => graph.op('Gather', [x!, index!]),
      sizes: [
        { n: 4, e: 7 },
        { n: 1, e: 2 },
        { n: 3, e: 0 },
      ],
    });
  });

  it('takes nothing at all, by pairs', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 3] }, index: { type: 'int64', dims: ['e', 2], range: [0, 'n'] } },
      build: (graph, { x, index }) => graph.op('Gather', [x!, index!]),
      sizes: [
        { n: 4, e: 7 },
        { n: 2, e: 0 },
        { n: 0, e: 0 },
      ],
    });
  });

  const constants = [
    ['one component', [1], [], 3],
    ['one component from behind', [-3], [], 3],
    ['neighbors', [1, -1], [2], 3],
    ['another order', [2, 0, 1], [3], 3],
    ['some, in pairs', [-1, 0, 1, 2], [2, 2], 5],
    ['some twice', [0, 0, 2], [3], 3],
    ['none', [], [0], 3],
  ] as const;

  it.each(constants)('of constant columns: %s', async (_, values, dims, width) => {
    for (const axis of [1, -2]) {
      await expectGradients({
        inputs: { x: { dims: ['n', width, 'm'] } },
        build: (graph, { x }) => graph.op('Gather', [x!, graph.constant('int64', values, dims)], { axis }),
      });
    }
  });

  it('of constant rows of a length that differs', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 3] } },
      build: (graph, { x }) => graph.op('Gather', [x!, graph.constant('int64', [-1, 1, 2], [3])]),
    });
  });

  it('adds up what a row was taken for', () => {
    const index: MicroInput = { type: 'int64', dims: ['e'], values: () => [2, 2, -2, 0] };
    const { x } = gradientsOf({
      inputs: { x: { dims: ['n'] }, index },
      build: (graph, { x, index }) => graph.op('Gather', [x!, index!]),
      sizes: [
        { n: 4, e: 4 },
        { n: 5, e: 4 },
        { n: 6, e: 4 },
      ],
    });
    expect(x).toEqual([1, 0, 3, 0]);
  });
});

describe('GatherElements', () => {
  it.each([
    ['the first axis', ['n', 3], ['e', 2], 0, 'n'],
    ['the last axis', ['n', 'm'], ['n', 'e'], -1, 'm'],
    ['a vector', ['n'], ['e'], 0, 'n'],
  ] as const)('of %s', async (_, dims, indexDims, axis, length) => {
    for (const type of ['int64', 'int32'] as const) {
      await expectGradients({
        inputs: { x: { dims }, index: { type, dims: indexDims, range: [0, length] } },
        build: (graph, { x, index }) => graph.op('GatherElements', [x!, index!], { axis }),
      });
    }
  });

  it('of nothing, and counted from behind', async () => {
    const values = ({ e }: Sizes) => new Array<number>(e! * 2).fill(-1);
    await expectGradients({
      inputs: { x: { dims: ['n', 3] }, index: { type: 'int64', dims: ['e', 2], values } },
      build: (graph, { x, index }) => graph.op('GatherElements', [x!, index!]),
      sizes: [
        { n: 4, e: 7 },
        { n: 1, e: 2 },
        { n: 3, e: 0 },
      ],
    });
  });
});
