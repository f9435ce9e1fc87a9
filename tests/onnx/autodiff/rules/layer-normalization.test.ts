// LayerNormalization and RMSNormalization against differences: axes, broadcast scales, every output, no rows.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';
import type { GraphBuilder } from '../../../support/onnx-graph.js';

const cases = [
  ['the last axis', ['n', 4], [4], -1],
  ['the last of three', ['n', 'm', 3], [3], -1],
  ['two axes', ['n', 2, 3], [2, 3], 1],
  ['two axes, a scale for one', ['n', 2, 3], [3], -2],
  ['all axes', ['n', 3], ['n', 3], 0],
  ['a length that differs', ['n', 'm'], ['m'], 1],
] as const;
const epsilon = { float: 0.01 };

describe.each(['LayerNormalization', 'RMSNormalization'])('%s', (operator) => {
  const opset = operator === 'RMSNormalization' ? 23 : 18;

  it.each(cases)('over %s', async (_, dims, scaleDims, axis) => {
    await expectGradients({
      inputs: { x: { dims }, scale: { dims: scaleDims } },
      build: (graph, { x, scale }) => graph.op(operator, [x!, scale!], { axis, epsilon }),
      opset,
    });
  });

  it('of one and of none', async () => {
    await expectGradients({
      inputs: { x: { dims: ['e', 'n'] }, scale: { dims: ['n'] } },
      build: (graph, { x, scale }) => graph.op(operator, [x!, scale!], { epsilon }),
      sizes: [
        { n: 2, e: 3 },
        { n: 1, e: 1 },
        { n: 3, e: 0 },
      ],
      opset,
    });
  });
});

describe('LayerNormalization', () => {
  it.each(cases)('with a bias, over %s', async (_, dims, scaleDims, axis) => {
    await expectGradients({
      inputs: { x: { dims }, scale: { dims: scaleDims }, bias: { dims: scaleDims } },
      build: (graph, { x, scale, bias }) => graph.op('LayerNormalization', [x!, scale!, bias!], { axis }),
    });
  });

  it('with mean and inverse deviation as outputs, as if they were computed apart', () => {
    const inputs = { x: { dims: ['n', 2, 3] }, scale: { dims: [3] }, z: { dims: ['n', 1, 1], held: true } };
    const weighted = (graph: GraphBuilder, mean: string, deviation: string, z: string) =>
      graph.op('Mul', [graph.op('Mul', [mean, z]), deviation]);
    const together = gradientsOf({
      inputs,
      build: (graph, { x, scale, z }) => {
        const [y, ...others] = graph.ops('LayerNormalization', [x!, scale!], 3, { axis: 1, epsilon });
        const [mean, deviation] = others.map((name) => graph.op('Cast', [name], { to: 11 }));
        return [y!, weighted(graph, mean!, deviation!, z!)];
      },
    });
    const apart = gradientsOf({
      inputs,
      build: (graph, { x, scale, z }) => {
        const axes = graph.constant('int64', [1, 2], [2]);
        const mean = graph.op('ReduceMean', [x!, axes]);
        const offset = graph.op('Sub', [x!, mean]);
        const variance = graph.op('ReduceMean', [graph.op('Mul', [offset, offset]), axes]);
        const spread = graph.op('Sqrt', [graph.op('Add', [variance, graph.constant('float64', [0.01])])]);
        const y = graph.op('Mul', [graph.op('Div', [offset, spread]), scale!]);
        return [y, weighted(graph, mean, graph.op('Reciprocal', [spread]), z!)];
      },
    });
    for (const name of ['x', 'scale'] as const) {
      expect(apart[name]!.length).toBeGreaterThan(0);
      for (const [k, value] of apart[name]!.entries()) expect(together[name]![k]).toBeCloseTo(value, 6);
    }
  });
});
