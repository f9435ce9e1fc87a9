// Expand and Tile against differences, with counts that are computed, 1 and 0.

import { describe, it } from 'vitest';
import { expectGradients, type MicroGraph, type MicroInput } from '../../../support/micro-graph.js';

const empty = [
  { n: 4, e: 7 },
  { n: 1, e: 2 },
  { n: 3, e: 0 },
] as const;

describe('Expand', () => {
  it.each([
    ['rows', [1, 3], [5, 3]],
    ['both axes', ['n', 1, 3], [5, 1, 2, 1]],
    ['nothing', ['n', 3], [1]],
    ['a scalar', [], [2, 3]],
    ['a scalar to a scalar', [], []],
  ] as const)('of %s by a constant shape', async (_, dims, shape) => {
    await expectGradients({
      inputs: { x: { dims } },
      build: (graph, { x }) => graph.op('Expand', [x!, graph.constant('int64', shape, [shape.length])]),
    });
  });

  it.each([
    ['rows', [1, 3], ['e', 3]],
    ['a vector', [3], ['e', 'n', 3]],
    ['both at once', ['n', 1], [1, 'e']],
    ['more by the data than by the shape', ['e', 'n', 3], [3]],
  ] as const)('of %s to the shape of a tensor', async (_, dims, other) => {
    for (const sizes of [undefined, empty])
      await expectGradients({
        inputs: { x: { dims }, y: { dims: other } },
        build: expandLike,
        ...(sizes && { sizes }),
      });
  });

  it('of an axis that is 1 in one probe only', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 'k'] }, y: { dims: ['n', 'm'] } },
      build: expandLike,
      sizes: [
        { n: 2, k: 1, m: 3 },
        { n: 3, k: 2, m: 2 },
        { n: 1, k: 4, m: 4 },
      ],
    });
  });
});

const expandLike: MicroGraph['build'] = (graph, { x, y }) =>
  graph.op('Mul', [graph.op('Expand', [x!, graph.op('Shape', [y!])]), y!]);

describe('Tile', () => {
  it.each([
    ['rows', ['n', 3], [2, 1]],
    ['every axis', ['n', 1, 'm'], [2, 3, 2]],
    ['a vector', ['n'], [3]],
    ['nothing', ['n', 3], [1, 1]],
  ] as const)('of %s', async (_, dims, repeats) => {
    await expectGradients({
      inputs: { x: { dims } },
      build: (graph, { x }) => graph.op('Tile', [x!, graph.constant('int64', repeats, [repeats.length])]),
    });
  });

  it('as often as an input says, never included', async () => {
    const repeats: MicroInput = { type: 'int64', dims: [2], values: ({ e, n }) => [e!, n!] };
    await expectGradients({
      inputs: { x: { dims: ['n', 3] }, repeats },
      build: (graph, { x, repeats }) => graph.op('Tile', [x!, repeats!]),
      sizes: empty,
    });
  });
});
