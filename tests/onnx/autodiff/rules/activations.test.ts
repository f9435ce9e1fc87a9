// Activation functions against differences, and their values at kinks against PyTorch's.

import { expect, it } from 'vitest';
import type { Attributes } from '../../../../src/onnx/attributes.js';
import { expectGradients, gradientsOf } from '../../../support/micro-graph.js';

/** Those of which the runtime has no kernel in double precision. */
const single = new Set('Celu Mish Gelu Swish HardSwish'.split(' '));
/** Operator, attributes, opset, and the derivatives where the pieces meet. */
const cases: readonly [string, Attributes, number, Readonly<Record<number, number>>][] = [
  ['Sigmoid', {}, 18, {}],
  ['Softplus', {}, 18, {}],
  ['Softsign', {}, 18, { 0: 1 }],
  ['Relu', {}, 18, { 0: 0 }],
  ['ThresholdedRelu', { alpha: { float: 0.5 } }, 18, { 0.5: 0 }],
  ['LeakyRelu', {}, 18, { 0: 0.01 }],
  ['LeakyRelu', { alpha: { float: 0.25 } }, 18, { 0: 0.25 }],
  ['Elu', {}, 18, { 0: 1 }],
  ['Elu', { alpha: { float: 0.5 } }, 18, { 0: 0.5 }],
  ['Celu', {}, 18, { 0: 1 }],
  ['Celu', { alpha: { float: 0.5 } }, 18, { 0: 1 }],
  ['Selu', {}, 18, {}],
  ['HardSigmoid', {}, 18, {}],
  ['HardSigmoid', { alpha: { float: 0.25 }, beta: { float: 0.5 } }, 18, { [-2]: 0, 2: 0 }],
  ['HardSwish', {}, 18, { [-3]: 0, 3: 1 }],
  ['Mish', {}, 18, {}],
  ['Gelu', {}, 20, {}],
  ['Gelu', { approximate: 'tanh' }, 20, {}],
  ['Swish', {}, 24, {}],
  ['Swish', { alpha: { float: 1.5 } }, 24, {}],
];

function options(operator: string, opset: number) {
  return { opset, ...(single.has(operator) && { precision: 'float32' as const }) };
}

it.each(cases)('%s %j against differences', async (operator, attributes, opset) => {
  await expectGradients({
    inputs: { x: { dims: ['n', 'm'], range: [-2.4, 2.4] } },
    build: (graph, { x }) => graph.op(operator, [x!], attributes),
    ...options(operator, opset),
  });
});

const kinked = cases.filter(([, , , kinks]) => Object.keys(kinks).length > 0);

it.each(kinked)(
  '%s %j takes the side of PyTorch where its pieces meet',
  (operator, attributes, opset, kinks) => {
    const points = Object.keys(kinks).map(Number);
    const found = gradientsOf({
      inputs: { x: { dims: [points.length], values: () => points } },
      build: (graph, { x }) => graph.op(operator, [x!], attributes),
      ...options(operator, opset),
    });
    points.forEach((point, k) => {
      expect(found.x![k]).toBeCloseTo(kinks[point]!, 6);
    });
  },
);

it('PRelu by its input and its slopes', async () => {
  await expectGradients({
    inputs: { x: { dims: ['n', 'm'] }, slope: { dims: ['m'] } },
    build: (graph, { x, slope }) => graph.op('PRelu', [x!, slope!]),
  });
});
