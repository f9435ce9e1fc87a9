// The Reduce operators along every kind of axes against differences, and where they are not smooth.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';
import type { GraphBuilder } from '../../../support/onnx-graph.js';

const operators = [
  'ReduceSum',
  'ReduceMean',
  'ReduceMax',
  'ReduceMin',
  'ReduceProd',
  'ReduceL1',
  'ReduceL2',
  'ReduceSumSquare',
  'ReduceLogSum',
  'ReduceLogSumExp',
];
const positive = [0.5, 2] as const;
const forms: readonly [string, readonly number[] | null, Readonly<Record<string, number>>][] = [
  ['the last axis, kept', [-1], {}],
  ['the first axis, dropped', [0], { keepdims: 0 }],
  ['two axes, dropped', [2, -3], { keepdims: 0 }],
  ['all axes, kept', null, {}],
  ['all axes, dropped', null, { keepdims: 0 }],
  ['all axes by name, dropped', [0, 1, 2], { keepdims: 0 }],
  ['no axes', [], { noop_with_empty_axes: 1, keepdims: 0 }],
  ['empty axes, all', [], { keepdims: 0 }],
];

describe.each(operators)('%s', (operator) => {
  it.each(forms)('along %s', async (_, axes, attributes) => {
    await expectGradients({
      inputs: { x: { dims: ['n', 2, 'k'], range: positive } },
      build: (graph, { x }) =>
        graph.op(operator, axes ? [x!, graph.constant('int64', axes, [axes.length])] : [x!], attributes),
    });
  });

  it.each([0, 1])('along axes that are computed, keepdims %d', async (keepdims) => {
    await expectGradients({
      inputs: { x: { dims: ['n', 2, 'k'], range: positive } },
      build: (graph, { x }) => {
        const rank = graph.op('Shape', [graph.op('Shape', [x!])]);
        return graph.op(operator, [x!, graph.op('Sub', [rank, graph.constant('int64', [3, 1], [2])])], {
          keepdims,
        });
      },
    });
  });
});

function at(operator: string, rows: readonly number[], width: number): number[] {
  return gradientsOf({
    inputs: { x: { dims: [rows.length / width, width], values: () => rows } },
    build: (graph: GraphBuilder, { x }) =>
      graph.op(operator, [x!, graph.constant('int64', [1], [1])], { keepdims: 0 }),
  }).x!;
}

it('the largest elements share, as with amax', () => {
  expect(at('ReduceMax', [1, 3, 3, 2, 2, 2], 3)).toEqual([0, 1 / 2, 1 / 2, 1 / 3, 1 / 3, 1 / 3]);
  expect(at('ReduceMin', [1, 3, 1, 2, 5, 6], 3)).toEqual([1 / 2, 0, 1 / 2, 1, 0, 0]);
});

it('products with zeros are differentiated as the products of the others', () => {
  expect(at('ReduceProd', [2, 3, 4, 0, 3, 4, 0, 0, 4], 3)).toEqual([12, 8, 6, 12, 0, 0, 0, 0, 0]);
});

it('norms have the derivative 0 at 0', () => {
  expect(at('ReduceL2', [0, 0, 3, 4, -2, 0], 2)).toEqual([0, 0, expect.closeTo(0.6, 14), 0.8, -1, 0]);
  expect(at('ReduceL1', [0, -2, 3, 0], 2).map((g) => g + 0)).toEqual([0, -1, 1, 0]);
});

it('a row of minus infinities sends nothing back', () => {
  const none = Number.NEGATIVE_INFINITY;
  expect(at('ReduceLogSumExp', [none, none, 0, 0], 2)).toEqual([0, 0, 1 / 2, 1 / 2]);
});

it.each(operators)('%s of no elements', (operator) => {
  const { x } = gradientsOf({
    inputs: { x: { dims: ['n', 3], range: positive } },
    build: (graph, { x }) => graph.op(operator, [x!, graph.constant('int64', [1], [1])]),
    sizes: [{ n: 0 }, { n: 2 }, { n: 3 }],
  });
  expect(x).toEqual([]);
});
