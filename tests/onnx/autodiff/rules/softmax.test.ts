// Softmax and LogSoftmax against differences, along every axis and where there is one element or none.

import { describe, it } from 'vitest';
import { expectGradients } from '../../../support/micro-graph.js';

describe.each(['Softmax', 'LogSoftmax'])('%s', (operator) => {
  it.each([undefined, -1, 0, 1])('along axis %s', async (axis) => {
    await expectGradients({
      inputs: { x: { dims: ['n', 'm', 2] } },
      build: (graph, { x }) => graph.op(operator, [x!], axis === undefined ? {} : { axis }),
    });
  });

  it('of large numbers', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 3], range: [700, 720] } },
      build: (graph, { x }) => graph.op(operator, [x!]),
    });
  });

  it('of one and of none', async () => {
    await expectGradients({
      inputs: { x: { dims: ['e', 'n'] } },
      build: (graph, { x }) => graph.op(operator, [x!]),
      sizes: [
        { n: 2, e: 3 },
        { n: 1, e: 1 },
        { n: 3, e: 0 },
      ],
    });
  });
});
