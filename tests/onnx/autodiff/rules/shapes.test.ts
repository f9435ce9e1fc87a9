// Reshape, Flatten, Squeeze, Unsqueeze and Transpose against differences, in shapes that change and ones of size zero.

import { describe, it } from 'vitest';
import { expectGradients, type MicroGraph } from '../../../support/micro-graph.js';

type Step = (graph: Parameters<MicroGraph['build']>[0], x: string) => string;

const reshape =
  (shape: readonly number[], allowzero = 0): Step =>
  (graph, x) =>
    graph.op('Reshape', [x, graph.constant('int64', shape, [shape.length])], { allowzero });
const withAxes =
  (type: string, axes: readonly number[]): Step =>
  (graph, x) =>
    graph.op(type, [x, graph.constant('int64', axes, [axes.length])]);
const emptied = [
  { n: 4, m: 5, e: 2 },
  { n: 0, m: 3, e: 1 },
  { n: 3, m: 0, e: 0 },
] as const;

/** Not of an empty tensor, where what it would find is anything. */
const keepsAndFinds = 'Reshape that keeps one and finds one';

const cases: readonly (readonly [string, readonly (number | string)[], Step])[] = [
  ['Reshape to a vector', ['n', 3], reshape([-1])],
  ['Reshape of a vector', ['n'], reshape([1, -1, 1])],
  ['Reshape that keeps an axis', ['n', 6], reshape([0, 2, 3])],
  [keepsAndFinds, ['n', 'm', 6], reshape([0, -1, 2, 3])],
  [
    'Reshape to a shape that is computed',
    ['n', 'm', 2],
    (graph, x) => {
      const [n, m] = [0, 1].map((start) => graph.op('Shape', [x], { start, end: start + 1 }));
      const shape = graph.op('Concat', [m!, graph.constant('int64', [2], [1]), n!], { axis: 0 });
      return graph.op('Reshape', [x, shape], { allowzero: 1 });
    },
  ],
  ['Flatten', ['n', 2, 'm'], (graph, x) => graph.op('Flatten', [x])],
  ['Flatten from behind', ['n', 2, 'm'], (graph, x) => graph.op('Flatten', [x], { axis: -1 })],
  ['Flatten of all', ['n', 2, 'm'], (graph, x) => graph.op('Flatten', [x], { axis: 0 })],
  ['Squeeze', ['n', 1, 'm', 1], withAxes('Squeeze', [-1, 1])],
  ['Squeeze of every 1', [1, 'n', 1, 2], (graph, x) => graph.op('Squeeze', [x])],
  ['Unsqueeze', ['n', 'm'], withAxes('Unsqueeze', [0, -1, 2])],
  ['Unsqueeze of a scalar', [], withAxes('Unsqueeze', [0])],
  ['Transpose', ['n', 'm', 2], (graph, x) => graph.op('Transpose', [x])],
  ['Transpose in a cycle', ['n', 'm', 2], (graph, x) => graph.op('Transpose', [x], { perm: [2, 0, 1] })],
  ['Transpose of nothing', ['n', 'm'], (graph, x) => graph.op('Transpose', [x], { perm: [0, 1] })],
];

describe('operators that rename axes', () => {
  it.each(cases)('%s', async (_, dims, step) => {
    await expectGradients({ inputs: { x: { dims } }, build: (graph, { x }) => step(graph, x!) });
  });

  const maybeEmpty = cases.filter(([name, dims]) => name !== keepsAndFinds && dims.includes('n'));

  it.each(maybeEmpty)('%s, where systems are empty', async (_, dims, step) => {
    await expectGradients({
      inputs: { x: { dims } },
      build: (graph, { x }) => step(graph, x!),
      sizes: emptied,
    });
  });
});
