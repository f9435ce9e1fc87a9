// Instance, group and batch normalization against differences or, where ONNX Runtime has no double, against formulas.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf, type MicroGraph } from '../../../support/micro-graph.js';

const epsilon = { float: 0.01 };

describe('GroupNormalization', () => {
  it.each([
    [1, ['n', 4, 'm']],
    [2, ['n', 4, 'm', 2]],
    [4, ['n', 4, 3]],
  ] as const)('in %i groups', async (num_groups, dims) => {
    await expectGradients({
      inputs: { x: { dims }, scale: { dims: [4] }, bias: { dims: [4] } },
      build: (graph, { x, scale, bias }) =>
        graph.op('GroupNormalization', [x!, scale!, bias!], { num_groups, epsilon, stash_type: 11 }),
      opset: 21,
    });
  });
});

describe('BatchNormalization', () => {
  it.each([[['n', 3]], [['n', 3, 'm']], [['e', 3, 'm', 2]]] as const)('of %s', async (dims) => {
    const channels = { dims: [3] };
    await expectGradients({
      inputs: {
        x: { dims },
        scale: channels,
        bias: channels,
        mean: channels,
        variance: { dims: [3], range: [0.5, 2] },
      },
      build: (graph, { x, scale, bias, mean, variance }) =>
        graph.op('BatchNormalization', [x!, scale!, bias!, mean!, variance!], { epsilon }),
    });
  });

  it('of no rows', async () => {
    await expectGradients({
      inputs: { x: { dims: ['e', 2] } },
      build: (graph, { x }) => {
        const [a, b] = [
          [1, -2],
          [3, 0.5],
        ].map((values) => graph.constant('float64', values, [2]));
        return graph.op('BatchNormalization', [x!, a!, b!, a!, b!]);
      },
      sizes: [{ e: 3 }, { e: 1 }, { e: 0 }],
    });
  });
});

describe('InstanceNormalization', () => {
  it('has the gradient of a GroupNormalization with as many groups as channels', () => {
    const inputs = { x: { dims: ['n', 3, 'm', 2] }, scale: { dims: [3] }, bias: { dims: [3] } };
    const weighted = (graph: Parameters<MicroGraph['build']>[0], y: string, x: string) =>
      graph.op('Mul', [y, x]);
    const single = gradientsOf({
      inputs,
      build: (graph, { x, scale, bias }) => {
        const floats = [x!, scale!, bias!].map((name) => graph.op('Cast', [name], { to: 1 }));
        const y = graph.op('InstanceNormalization', floats, { epsilon });
        return weighted(graph, graph.op('Cast', [y], { to: 11 }), x!);
      },
    });
    const double = gradientsOf({
      inputs,
      build: (graph, { x, scale, bias }) =>
        weighted(
          graph,
          graph.op('GroupNormalization', [x!, scale!, bias!], { num_groups: 3, epsilon, stash_type: 11 }),
          x!,
        ),
      opset: 21,
    });
    for (const name of Object.keys(inputs)) {
      expect(double[name]!.length).toBeGreaterThan(0);
      for (const [k, value] of double[name]!.entries()) expect(single[name]![k]).toBeCloseTo(value, 4);
    }
  });
});
