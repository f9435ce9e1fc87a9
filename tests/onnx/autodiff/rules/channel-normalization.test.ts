// Instance, group and batch normalization against differences, and what of them is refused.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';
import { thrownBy } from '../../../support/thrown.js';

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
  it.each([[['n', 3, 'm']], [['n', 2, 'm', 2]]] as const)(
    'of %s, which is in single precision',
    async (dims) => {
      const channels = { dims: [dims[1]] };
      await expectGradients({
        inputs: { x: { dims }, scale: channels, bias: channels },
        build: (graph, { x, scale, bias }) =>
          graph.op('InstanceNormalization', [x!, scale!, bias!], { epsilon }),
        precision: 'float32',
      });
    },
  );
});

describe('what is refused', () => {
  const vector = { dims: [2], range: [1, 2] } as const;

  it('a scale for each group', () => {
    const differentiate = () =>
      gradientsOf({
        inputs: { x: { dims: ['n', 4, 3] }, scale: vector, bias: vector },
        build: (graph, { x, scale, bias }) =>
          graph.op('GroupNormalization', [x!, scale!, bias!], { num_groups: 2 }),
        opset: 18,
      });
    expect(thrownBy(differentiate).message).toContain('GroupNormalization has a scale for each group');
  });

  it('training', () => {
    const differentiate = () =>
      gradientsOf({
        inputs: { x: { dims: ['n', 2] }, v: vector },
        build: (graph, { x, v }) =>
          graph.ops('BatchNormalization', [x!, v!, v!, v!, v!], 3, { training_mode: 1 })[0]!,
      });
    expect(thrownBy(differentiate).message).toContain('BatchNormalization is in training mode');
  });
});
