// Nodes that lack what their operator needs, as only damaged graphs have them: refused by name, whatever a probe said.

import { expect, it } from 'vitest';
import type { Attributes } from '../../../src/onnx/attributes.js';
import { pullBack } from '../../../src/onnx/autodiff/pull-back.js';
import { type TensorValue, tensorOf } from '../../../src/onnx/tensor-values.js';
import { graph, node } from '../../support/onnx-nodes.js';
import { thrownBy } from '../../support/thrown.js';

function refusalOf(operator: string, inputs: string, constants: Readonly<Record<string, TensorValue>> = {}) {
  const attributes: Attributes = operator === 'ScatterND' ? { reduction: 'add' } : {};
  const given = graph({ nodes: [node(operator, inputs, 'y', attributes)], outputs: { y: '' } });
  const seen = { type: 'float32', probes: [[3], [4]] };
  const facts = new Map(['x', 'y', ...Object.keys(constants)].map((name) => [name, seen] as const));
  const request = { graph: given, energy: 'y', withRespectTo: ['x'], facts };
  return thrownBy(() => pullBack({ ...request, constants: new Map(Object.entries(constants)) }));
}

it.each([
  ['Mul', 'x', 'Mul lacks input 2 of 2'],
  ['Pow', '_ x', 'Pow lacks input 1 of 2'],
  ['ScatterND', 'x x', 'ScatterND lacks input 3 of 3'],
  ['BatchNormalization', 'x x x x', 'BatchNormalization lacks input 5 of 5'],
])('%s of %j', (operator, inputs, message) => {
  expect(refusalOf(operator, inputs)).toMatchObject({
    code: 'not-differentiable',
    message: expect.stringContaining(message),
  });
});

it('indices that are not whole', () => {
  expect(refusalOf('Gather', 'x half', { half: tensorOf('float32', [0.5]) })).toMatchObject({
    code: 'not-differentiable',
    message: expect.stringContaining('Gather takes float32 where whole numbers are expected'),
  });
});

it('what an operator does not read has no part in its derivative', () => {
  const given = graph({ nodes: [node('Gelu', 'whole x', 'y')], outputs: { y: '' } });
  const facts = new Map(
    ['x', 'y', 'whole'].map((name) => [
      name,
      { type: name === 'whole' ? 'int64' : 'float32', probes: [[3], [4]] },
    ]),
  );
  const { gradients } = pullBack({
    graph: given,
    energy: 'y',
    withRespectTo: ['x'],
    facts,
    constants: new Map(),
  });
  expect(gradients).toEqual([null]);
});
