// Powers and roots against differences, and at zero.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';

describe('Pow', () => {
  it.each([2, 3, 1, 0, 4, -1, -2])('of both signs to the power of %d', async (power) => {
    await expectGradients({
      inputs: { x: { dims: ['n', 3], values: ({ n }, r) => signed(n! * 3, r.uniform) } },
      build: (graph, { x }) => graph.op('Pow', [x!, graph.constant('float64', [power])]),
    });
  });

  it.each([0.5, 1.5, -0.5, 2.5, 6.25])('of positive numbers to the power of %d', async (power) => {
    await expectGradients({
      inputs: { x: { dims: ['n'], range: [0.5, 2] } },
      build: (graph, { x }) => graph.op('Pow', [x!, graph.constant('float32', [power])]),
    });
  });

  it('with a whole number of another type and shape', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 2] } },
      build: (graph, { x }) => graph.op('Pow', [x!, graph.constant('int64', [2, 2, 2, 2], [2, 1, 2])]),
    });
  });

  it('with an exponent for each element', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 2], range: [0.5, 2] } },
      build: (graph, { x }) => graph.op('Pow', [x!, graph.constant('float64', [2, 0.5], [2])]),
    });
  });

  it('by base and exponent', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 1], range: [0.5, 2] }, power: { dims: ['m'] } },
      build: (graph, { x, power }) => graph.op('Pow', [x!, power!]),
    });
  });

  it('of 0', () => {
    const at = (power: readonly number[]) =>
      gradientsOf({
        inputs: { x: { dims: [power.length], values: () => power.map(() => 0) } },
        build: (graph, { x }) => graph.op('Pow', [x!, graph.constant('float64', power, [power.length])]),
      }).x;
    expect(at([2, 2])).toEqual([0, 0]);
    expect(at([0.5, 0.5])).toEqual([0, 0]);
    expect(at([0.25, 0.25])).toEqual([0, 0]);
    expect(at([0, 1, 2])).toEqual([0, 1, 0]);
    const { power } = gradientsOf({
      inputs: { x: { dims: [1], values: () => [0] }, power: { dims: [1], values: () => [2] } },
      build: (graph, { x, power }) => graph.op('Pow', [x!, power!]),
    });
    expect(power).toEqual([0]);
  });
});

it.each(['Sqrt', 'Reciprocal'])('%s of positive numbers', async (operator) => {
  await expectGradients({
    inputs: { x: { dims: ['n'], range: [0.5, 2] } },
    build: (graph, { x }) => graph.op(operator, [x!]),
  });
});

it('the distance of an atom to itself has no gradient, whatever comes after it', () => {
  const { x } = gradientsOf({
    inputs: { x: { dims: [2, 3], values: () => [0, 0, 0, 3, 4, 0] } },
    build: (graph, { x }) => {
      const square = graph.op('ReduceSum', [graph.op('Mul', [x!, x!]), graph.constant('int64', [1], [1])]);
      return graph.op('Reciprocal', [graph.op('Sqrt', [square])]);
    },
  });
  [0, 0, 0, -3 / 125, -4 / 125, 0].forEach((expected, k) => {
    expect(x![k]).toBeCloseTo(expected, 14);
  });
});

function signed(count: number, uniform: () => number): number[] {
  return Array.from({ length: count }, (_, k) => (k % 2 ? 1 : -1) * (0.5 + uniform()));
}
