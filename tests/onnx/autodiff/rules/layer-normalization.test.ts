// LayerNormalization and RMSNormalization against differences: axes, broadcast scales, every output, no rows.

import { describe, it } from 'vitest';
import { expectGradients } from '../../../support/micro-graph.js';

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

  it('with mean and inverse deviation as outputs, which are float32', async () => {
    await expectGradients(
      {
        inputs: { x: { dims: ['n', 2, 3] }, scale: { dims: [3] } },
        build: (graph, { x, scale }) => {
          const [y, mean, deviation] = graph.ops('LayerNormalization', [x!, scale!], 3, { axis: 1, epsilon });
          return [y!, ...[mean!, deviation!].map((name) => graph.op('Cast', [name], { to: 11 }))];
        },
      },
      2e-3,
    );
  });
});
