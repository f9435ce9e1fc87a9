// CumSum against differences: either direction, with and without the element itself.

import { describe, it } from 'vitest';
import { expectGradients } from '../../../support/micro-graph.js';

describe('CumSum', () => {
  it.each([
    [0, 0, 0, ['n', 3]],
    [1, 0, -1, ['n', 'm']],
    [0, 1, 1, ['n', 'm', 2]],
    [1, 1, 0, ['n']],
  ] as const)('exclusive %i, reverse %i, axis %i', async (exclusive, reverse, axis, dims) => {
    await expectGradients({
      inputs: { x: { dims } },
      build: (graph, { x }) =>
        graph.op('CumSum', [x!, graph.constant('int64', [axis])], { exclusive, reverse }),
    });
  });

  it('of nothing, along an axis that is an input', async () => {
    await expectGradients({
      inputs: { x: { dims: ['e', 'n'] }, axis: { type: 'int32', dims: [1], values: () => [0] } },
      build: (graph, { x, axis }) => graph.op('CumSum', [x!, axis!]),
      sizes: [
        { n: 2, e: 3 },
        { n: 3, e: 1 },
        { n: 1, e: 0 },
      ],
    });
  });
});
