// Concat and Split against differences: pieces of any length, none and unused ones included.

import { describe, it } from 'vitest';
import { expectGradients } from '../../../support/micro-graph.js';

const empty = [
  { n: 4, e: 7, m: 2 },
  { n: 1, e: 2, m: 3 },
  { n: 3, e: 0, m: 1 },
] as const;

describe('Concat', () => {
  it.each([
    ['rows', 0, ['n', 3], ['e', 3]],
    ['columns', -1, ['m', 'n', 1], ['m', 'n', 'e']],
    ['fixed columns', 1, ['n', 2], ['n', 3]],
  ] as const)('of %s', async (_, axis, a, b) => {
    for (const sizes of [undefined, empty]) {
      await expectGradients({
        inputs: { a: { dims: a }, b: { dims: b }, c: { dims: b, held: true } },
        build: (graph, { a, b, c }) => graph.op('Concat', [a!, c!, b!, a!], { axis }),
        ...(sizes && { sizes }),
      });
    }
  });

  it('of one', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n', 3] } },
      build: (graph, { a }) => graph.op('Concat', [a!], { axis: 0 }),
    });
  });
});

describe('Split', () => {
  it('in equal pieces', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 6] } },
      build: (graph, { x }) => graph.ops('Split', [x!], 3, { axis: -1, num_outputs: 3 }),
    });
  });

  it('where the last piece is smaller and one is not used', async () => {
    await expectGradients({
      inputs: { x: { dims: [5, 'n'] } },
      build: (graph, { x }) => {
        const [first, , last] = graph.ops('Split', [x!], 3, { num_outputs: 3 });
        return [last!, first!];
      },
    });
  });

  it('in pieces whose sizes are told', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 6] } },
      build: (graph, { x }) =>
        graph.ops('Split', [x!, graph.constant('int64', [1, 0, 5], [3])], 3, { axis: 1 }),
    });
  });

  it('in pieces whose sizes are found at run time', async () => {
    await expectGradients({
      inputs: {
        x: { dims: ['n', 3] },
        sizes: { type: 'int64', dims: [2], values: ({ n, m }) => [Math.min(m!, n!), n! - Math.min(m!, n!)] },
      },
      build: (graph, { x, sizes }) => graph.ops('Split', [x!, sizes!], 2),
      sizes: empty,
    });
  });

  it('where a piece is used twice and another once', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 4] } },
      build: (graph, { x }) => {
        const [a, b] = graph.ops('Split', [x!], 2, { axis: 1, num_outputs: 2 });
        return graph.op('Mul', [a!, graph.op('Mul', [a!, b!])]);
      },
    });
  });
});
