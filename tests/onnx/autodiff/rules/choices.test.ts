// What chooses among its inputs: away from ties against differences, at ties and bounds against PyTorch's shares.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';
import type { GraphBuilder } from '../../../support/onnx-graph.js';

describe('Where', () => {
  it('sends each element to where it was taken from', async () => {
    await expectGradients({
      inputs: { c: { type: 'bool', dims: ['n', 1] }, a: { dims: ['n', 'm'] }, b: { dims: ['m'] } },
      build: (graph, { c, a, b }) => graph.op('Where', [c!, a!, b!]),
    });
  });

  it.each([
    ['1 / x', (graph: GraphBuilder, x: string) => graph.op('Reciprocal', [x])],
    ['log x', (graph: GraphBuilder, x: string) => graph.op('Log', [x])],
    ['x / x', (graph: GraphBuilder, x: string) => graph.op('Div', [x, x])],
    ['x^-2', (graph: GraphBuilder, x: string) => graph.op('Pow', [x, graph.constant('float32', [-2])])],
    ['acos(1 / x)', (graph: GraphBuilder, x: string) => graph.op('Acos', [graph.op('Reciprocal', [x])])],
  ])('lets nothing through from where %s was not taken', (_, build) => {
    const { x } = gradientsOf({
      inputs: { x: { dims: [2, 2], values: () => [0, 2, 3, 0] } },
      build: (graph, { x }) => {
        const scaled = graph.op('Mul', [build(graph, x!), graph.constant('float32', [2, 3], [2])]);
        const zero = graph.constant('float32', [0]);
        return graph.op('Where', [graph.op('Greater', [x!, zero]), scaled, zero]);
      },
      precision: 'float32',
    });
    expect([x![0]!, x![3]!].map(Math.abs)).toEqual([0, 0]);
    expect(x!.every(Number.isFinite)).toBe(true);
  });
});

describe('Clip', () => {
  it.each([['both bounds'], ['the lower one'], ['the upper one']])('with %s', async (which) => {
    await expectGradients({
      inputs: { x: { dims: ['n', 'm'] } },
      build: (graph, { x }) => {
        const low = which === 'the upper one' ? '' : graph.constant('float64', [-0.5]);
        return graph.op(
          'Clip',
          which === 'the lower one' ? [x!, low] : [x!, low, graph.constant('float64', [1])],
        );
      },
    });
  });

  it('by its bounds', async () => {
    await expectGradients({
      inputs: {
        x: {
          dims: ['n', 'm'],
          values: ({ n, m }) => Array.from({ length: n! * m! }, (_, k) => (k % 5) / 2 - 1),
        },
        low: { dims: [], values: () => [-0.6] },
        high: { dims: [], values: () => [0.7] },
      },
      build: (graph, { x, low, high }) => graph.op('Clip', [x!, low!, high!]),
    });
  });

  it('counts the bounds as inside', () => {
    const { x } = gradientsOf({
      inputs: { x: { dims: [4], values: () => [-1, 0, 1, 2] } },
      build: (graph, { x }) =>
        graph.op('Clip', [x!, graph.constant('float64', [0]), graph.constant('float64', [1])]),
    });
    expect(x).toEqual([0, 1, 1, 0]);
  });
});

describe.each(['Max', 'Min'])('%s', (operator) => {
  it('of three, repeated', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n', 'm'] }, b: { dims: ['m'] }, c: { dims: ['n', 1] } },
      build: (graph, { a, b, c }) => graph.op(operator, [a!, b!, c!]),
    });
  });

  it('of one', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n'] } },
      build: (graph, { a }) => graph.op(operator, [a!]),
    });
  });

  it('is shared by equals', () => {
    const found = gradientsOf({
      inputs: { a: { dims: [2], values: () => [1, 1] }, b: { dims: [2], values: () => [1, 1] } },
      build: (graph, { a, b }) =>
        graph.op(operator, [a!, b!, graph.constant('float64', operator === 'Max' ? [1, 0] : [1, 2], [2])]),
    });
    expect(found).toEqual({ a: [1 / 3, 1 / 2], b: [1 / 3, 1 / 2] });
  });
});

describe.each(['Sum', 'Mean'])('%s', (operator) => {
  it('of three, repeated', async () => {
    await expectGradients({
      inputs: { a: { dims: ['n', 'm'] }, b: { dims: ['m'] }, c: { dims: ['n', 1] } },
      build: (graph, { a, b, c }) => graph.op(operator, [a!, b!, c!]),
      ...(operator === 'Mean' && { precision: 'float32' }),
    });
  });
});
