// Pad against differences: every mode, cutting, the constant itself, chosen axes, pads that are computed.

import { describe, expect, it } from 'vitest';
import { expectGradients, gradientsOf, type MicroInput } from '../../../support/micro-graph.js';
import { thrownBy } from '../../../support/thrown.js';

describe('Pad', () => {
  it.each([
    ['constant', ['n', 'm'], [1, 0, 2, 3]],
    ['constant', ['n', 'm'], [-1, 2, 0, -1]],
    ['constant', ['n'], [0, 0]],
    ['reflect', ['n', 'm'], [2, 0, 1, 2]],
    ['edge', ['n', 'm'], [1, 0, 2, 3]],
    ['edge', [1, 'm'], [1, 2, 2, 0]],
    ['wrap', ['n', 'm'], [2, 1, 1, 2]],
  ] as const)('%s, of %s by %s', async (mode, dims, pads) => {
    await expectGradients({
      inputs: { x: { dims } },
      build: (graph, { x }) => graph.op('Pad', [x!, graph.constant('int64', pads, [pads.length])], { mode }),
      opset: 19,
    });
  });

  it.each(['constant', 'reflect', 'edge', 'wrap'])('%s, of chosen axes by what is computed', async (mode) => {
    const pads: MicroInput = { type: 'int64', dims: [4], values: ({ k }) => [k! - 1, 1, 0, k! - 2] };
    await expectGradients({
      inputs: { x: { dims: ['e', 2, 'e'] }, pads },
      build: (graph, { x, pads }) =>
        graph.op('Pad', [x!, pads!, '', graph.constant('int64', [-1, 0], [2])], { mode }),
      opset: 19,
    });
  });

  it('with a constant that depends on the inputs', async () => {
    await expectGradients({
      inputs: { x: { dims: ['n', 2] }, filling: { dims: [] } },
      build: (graph, { x, filling }) =>
        graph.op('Pad', [x!, graph.constant('int64', [2, 0, -1, 1], [4]), filling!]),
    });
  });

  it('refuses to add up along axes that are computed', () => {
    const axes: MicroInput = { type: 'int64', dims: [1], values: () => [1] };
    const differentiate = () =>
      gradientsOf({
        inputs: { x: { dims: ['n', 3] }, axes },
        build: (graph, { x, axes }) =>
          graph.op('Pad', [x!, graph.constant('int64', [1, 1], [2]), '', axes!], { mode: 'edge' }),
      });
    expect(thrownBy(differentiate).message).toContain('the operator Pad pads along axes that are computed');
  });

  it('of nothing', async () => {
    await expectGradients({
      inputs: { x: { dims: ['e', 2] } },
      build: (graph, { x }) => graph.op('Pad', [x!, graph.constant('int64', [1, 0, 2, 0], [4])]),
      sizes: [{ e: 3 }, { e: 1 }, { e: 0 }],
    });
  });
});
