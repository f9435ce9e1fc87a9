// Loops and Ifs on the way from the positions to the energy: refused by name, with those that they hold, in a whole file.

import { toBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { inspectForceField } from '../../../src/forcefield/index.js';
import { type GraphProto, ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import { graph, longs, model, node } from '../../support/onnx-nodes.js';
import { modelFolder } from '../../support/onnx-run.js';

const folder = modelFolder();

/** Halves or doubles its row, whichever the sum of it decides; `name` of the node. */
function branching(name: string, from: string, to: string) {
  const branch = (operator: string): GraphProto =>
    graph({
      nodes: [node(operator, `${from} ${from}`, `${name}_${operator}`)],
      outputs: { [`${name}_${operator}`]: 'float32' },
    });
  const decision = node(
    'If',
    `${name}_positive`,
    to,
    {},
    { then_branch: branch('Add'), else_branch: branch('Mul') },
  );
  decision.name = name;
  return [
    node('ReduceSum', from, `${name}_sum`, { keepdims: 0 }),
    node('Greater', `${name}_sum zero`, `${name}_positive`),
    decision,
  ];
}

function looping(name: string, from: string, to: string, inner: ReturnType<typeof branching>) {
  const body = graph({
    nodes: [...inner, node('Identity', 'going', 'on')],
    inputs: { k: 'int64[]', going: 'bool[]', v: 'float32' },
    outputs: { on: 'bool[]', w: 'float32' },
  });
  const loop = node('Loop', `trips _ ${from}`, to, {}, { body });
  loop.name = name;
  return loop;
}

const cases = [
  { title: 'an If that positions decide', nodes: branching('chosen', 'x', 'y'), message: 'If ("chosen").' },
  {
    title: 'a Loop',
    nodes: [looping('rounds', 'x', 'y', [node('Neg', 'v', 'w')])],
    message: 'Loop ("rounds").',
  },
  {
    title: 'a Loop without a name',
    nodes: [looping('', 'x', 'y', [node('Neg', 'v', 'w')])],
    message: 'Loop ("y").',
  },
  {
    title: 'an If in a Loop',
    nodes: [looping('rounds', 'x', 'y', branching('chosen', 'v', 'w'))],
    message: 'Loop ("rounds"), which holds If ("chosen").',
  },
  {
    title: 'an If in a Loop in a Loop',
    nodes: [looping('outer', 'x', 'y', [looping('inner', 'v', 'w', branching('chosen', 'v', 'w'))])],
    message: 'Loop ("outer"), which holds Loop ("inner"), If ("chosen").',
  },
];

it.each(cases)('$title', async ({ nodes, message }) => {
  const proto = model({
    nodes: [
      node('Cast', 'z', 'numbers', { to: 1 }),
      ...nodes,
      node('ReduceSum', 'y', 'bare', { keepdims: 0 }),
      node('ReduceSum', 'numbers', 'own', { keepdims: 0 }),
      node('Add', 'bare own', 'energy'),
    ],
    inputs: { x: 'float32[n,3]', z: 'int64[n]' },
    outputs: { energy: 'float32[]' },
    weights: { trips: longs([2], []), zero: { type: 'float32', dims: [], data: new Float32Array(1) } },
  });
  const path = folder.write('looping.onnx', toBinary(ModelProtoSchema, proto));
  const { refusal, sessionRefusal } = await inspectForceField(path);
  expect(sessionRefusal).toBeNull();
  expect(refusal).toEqual({
    code: 'not-differentiable',
    message: `The graph cannot be differentiated: there is no rule for the operator ${message}`,
    hint: expect.stringContaining('--forces finite-difference'),
  });
});
