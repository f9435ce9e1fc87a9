// GatherND against differences: whole and partial tuples, batches, duplicates, negative and no tuples.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf, type Sizes } from '../../../support/micro-graph.js';

const tuples = [
  ['elements', ['n', 3], ['e', 2], 0],
  ['rows', ['n', 3], ['e', 1], 0],
  ['elements of a vector', ['n'], ['e', 1], 0],
  ['rows, in a matrix', ['n', 2, 3], ['e', 'k', 1], 0],
  ['one row', ['n', 3], [1], 0],
  ['slices, in a matrix', ['n', 2, 'm'], ['e', 'k', 2], 0],
  ['one element', ['n', 3], [2], 0],
  ['a row of each batch', ['k', 'n', 3], ['k', 1], 1],
  ['elements of each batch', ['k', 'n', 3], ['k', 'e', 2], 1],
  ['two batch axes', ['k', 'm', 'n', 2], ['k', 'm', 'e', 1], 2],
] as const;

describe('GatherND', () => {
  it.each(tuples)('of %s', async (_, dims, indexDims, batch_dims) => {
    await expectGradients({
      inputs: {
        x: { dims },
        index: { type: 'int64', dims: indexDims, values: random(dims, indexDims, batch_dims) },
      },
      build: (graph, { x, index }) => graph.op('GatherND', [x!, index!], { batch_dims }),
    });
  });

  it('of no tuples', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 3] }, index: { type: 'int64', dims: ['e', 1], range: [0, 'n'] } },
      build: (graph, { x, index }) => graph.op('GatherND', [x!, index!]),
      sizes: [
        { n: 4, e: 7 },
        { n: 1, e: 2 },
        { n: 3, e: 0 },
      ],
    });
  });

  it('adds up duplicates, whichever end they are counted from', () => {
    const { x } = gradientsOf({
      inputs: {
        x: { dims: ['n', 2] },
        index: { type: 'int64', dims: [3, 2], values: () => [0, 1, 0, -1, -1, 0] },
      },
      build: (graph, { x, index }) => graph.op('GatherND', [x!, index!]),
      sizes: [{ n: 2 }, { n: 3 }, { n: 4 }],
    });
    expect(x).toEqual([0, 2, 1, 0]);
  });
});

/** Tuples within the shape, about half of their indices negative. */
function random(
  dims: readonly (number | string)[],
  indexDims: readonly (number | string)[],
  batchDims: number,
) {
  return (sizes: Sizes, source: { integer(below: number): number }) => {
    const size = (dim: number | string) => (typeof dim === 'number' ? dim : sizes[dim]!);
    const length = indexDims.at(-1) as number;
    const count = indexDims.map(size).reduce((a, b) => a * b, 1);
    return Array.from({ length: count }, (_, k) => {
      const bound = size(dims[batchDims + (k % length)]!);
      return source.integer(2 * bound) - bound;
    });
  };
}
