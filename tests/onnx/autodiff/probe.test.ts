// What probe runs tell of a graph: types, dimensions, constants.

import { fromBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { graphRunner } from '../../../src/forcefield/onnx/graph-runner.js';
import { probeGraph } from '../../../src/onnx/autodiff/probe.js';
import { ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import { tensorOf } from '../../../src/onnx/tensor-values.js';
import { createGraph, type GraphBuilder } from '../../support/onnx-graph.js';

function probed(build: (graph: GraphBuilder, x: string) => string) {
  const graph = createGraph();
  const last = build(graph, graph.input('x', 'float32', ['n', 2]));
  graph.output('y', last, 'float32', null);
  const proto = fromBinary(ModelProtoSchema, graph.model({ opset: 18 }));
  const before = JSON.stringify(proto.graph!.node.map(({ name, output }) => [name, output]));
  const feeds = [3, 0].map((n) => ({ x: tensorOf('float32', new Array(n * 2).fill(1), [n, 2]) }));
  const found = probeGraph(proto, graphRunner, feeds);
  expect(JSON.stringify(proto.graph!.node.map(({ name, output }) => [name, output]))).toBe(before);
  return { ...found, last };
}

it('every tensor has its type and its dimensions in each run', () => {
  const { facts, last } = probed((graph, x) => {
    const truth = graph.op('Not', [graph.op('Cast', [x], { to: 9 })]);
    const scalar = graph.op('ReduceSum', [graph.op('Cast', [truth], { to: 1 })], { keepdims: 0 });
    return graph.op('Mul', [x, scalar]);
  });
  expect(facts.get('x')).toEqual({
    type: 'float32',
    probes: [
      [3, 2],
      [0, 2],
    ],
  });
  expect(facts.get(last)).toEqual({
    type: 'float32',
    probes: [
      [3, 2],
      [0, 2],
    ],
  });
  expect([...facts.values()].map(({ type }) => type)).toEqual([
    'float32',
    'bool',
    'bool',
    'float32',
    'float32',
    'float32',
    'float32',
  ]);
  expect(facts.get('t3')!.probes).toEqual([[], []]);
});

it('what no input reaches is a constant, chance is not', () => {
  const { constants, last } = probed((graph, x) => {
    const two = graph.constant('float32', [2], [], 'two');
    const four = graph.op('Mul', [two, two]);
    const noise = graph.op('RandomNormal', [], { shape: [2] });
    const odd = graph.op('Add', [noise, graph.op('Neg', [four])]);
    return graph.op('Mul', [x, odd]);
  });
  expect([...constants].map(([name, { data }]) => [name, ...data])).toEqual([
    ['t0', 4],
    ['t2', -4],
    ['two', 2],
  ]);
  expect(constants.has(last)).toBe(false);
});

it('sequences are passed over', () => {
  const { facts } = probed((graph, x) => {
    const sequence = graph.op('SequenceConstruct', [x, x]);
    return graph.op('SequenceAt', [sequence, graph.constant('int64', [1])]);
  });
  expect(facts.has('t0')).toBe(false);
  expect(facts.get('t2')!.probes[0]).toEqual([3, 2]);
});

it('a graph of a thousand large tensors takes the memory of few', () => {
  const graph = createGraph();
  let last = graph.input('x', 'float32', ['n']);
  for (let k = 0; k < 1000; k++) last = graph.op('Neg', [last]);
  graph.output('y', last, 'float32', ['n']);
  const proto = fromBinary(ModelProtoSchema, graph.model({ opset: 18 }));
  const size = 1 << 17;
  const before = process.memoryUsage().rss;
  const feeds = { x: { type: 'float32', dims: [size], data: new Float32Array(size) } };
  const { facts } = probeGraph(proto, graphRunner, [feeds]);
  expect(facts.size).toBe(1002);
  expect(process.memoryUsage().rss - before).toBeLessThan(2.5e8);
});
