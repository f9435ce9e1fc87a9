// What goes on as it is, and what stops.

import { expect, it } from 'vitest';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';

it('Identity and Dropout', async () => {
  await expectGradients({
    inputs: { x: { dims: ['n', 3] } },
    build: (graph, { x }) => graph.op('Dropout', [graph.op('Identity', [x!])]),
  });
});

it('Cast between float types', () => {
  const found = gradientsOf({
    inputs: { x: { dims: [2], values: () => [0.5, 3] } },
    build: (graph, { x }) => {
      const single = graph.op('Cast', [x!], { to: 1 });
      return graph.op('CastLike', [graph.op('Mul', [single, single]), x!]);
    },
  });
  expect(found.x).toEqual([1, 6]);
});

it('Cast to whole numbers and comparisons stop', () => {
  const found = gradientsOf({
    inputs: { x: { dims: [2], values: () => [0.5, 3] } },
    build: (graph, { x }) => {
      const whole = graph.op('Cast', [graph.op('Cast', [x!], { to: 7 })], { to: 11 });
      const truth = graph.op('Cast', [graph.op('Greater', [x!, whole])], { to: 11 });
      return graph.op('Add', [graph.op('Floor', [x!]), graph.op('Mul', [whole, truth])]);
    },
  });
  expect(found.x).toEqual([0, 0]);
});

it('a Cast by half precision in between', () => {
  const found = gradientsOf({
    inputs: { x: { dims: [2], values: () => [0.5, 4] } },
    build: (graph, { x }) =>
      graph.op('Cast', [graph.op('Sqrt', [graph.op('Cast', [x!], { to: 10 })])], { to: 11 }),
  });
  expect(found.x![1]).toBeCloseTo(0.25, 3);
});
