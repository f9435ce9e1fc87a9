// Reductions of nothing along an axis counted from behind: wrong in ONNX Runtime as written, right after the pass.

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { graphRunner } from '../../../src/forcefield/onnx/graph-runner.js';
import type { Feeds } from '../../../src/onnx/index.js';
import { ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import { repairEmptyReductions } from '../../../src/onnx/repair/empty-reductions.js';
import { tensorOf } from '../../../src/onnx/tensor-values.js';
import { createGraph } from '../../support/onnx-graph.js';

type Axes = 'constant' | 'attribute';

/** Sums along the last axis, subtracted from the first column: fails where the sum has the wrong shape. */
function model(operator: string, axes: Axes, opset: number) {
  const graph = createGraph();
  const x = graph.input('x', 'float32', ['e', 3]);
  const reduced =
    axes === 'constant'
      ? graph.op(operator, [x, graph.constant('int64', [-1], [1])], { keepdims: 0 })
      : graph.op(operator, [x], { axes: [-1], keepdims: 0 });
  graph.output('y', reduced, 'float32', ['e']);
  return fromBinary(ModelProtoSchema, graph.model({ opset }));
}

const feeds = (rows: number): Feeds => ({
  x: tensorOf(
    'float32',
    Array.from({ length: 3 * rows }, (_, k) => k + 1),
    [rows, 3],
  ),
});
const probing = { run: graphRunner, probes: () => [feeds(2)] };

describe('reductions of nothing', () => {
  it.each([
    ['ReduceSum', 'constant', 17],
    ['ReduceL2', 'constant', 18],
    ['ReduceMean', 'attribute', 17],
  ] as const)('%s with its axes as %s, opset %i', (operator, axes, opset) => {
    const given = model(operator, axes, opset);
    const before = toBinary(ModelProtoSchema, given);
    const { model: repaired, changes, lints } = repairEmptyReductions(given, probing);
    expect(toBinary(ModelProtoSchema, given)).toEqual(before);
    expect(changes).toMatchObject([{ pass: 'empty-reductions', count: 1 }]);
    expect(lints).toEqual([]);
    const after = toBinary(ModelProtoSchema, repaired);
    expect(graphRunner.run(before, feeds(0)).y!.dims).toEqual([0, 3]);
    expect(graphRunner.run(after, feeds(0)).y!.dims).toEqual([0]);
    expect(graphRunner.run(after, feeds(4)).y).toEqual(graphRunner.run(before, feeds(4)).y);
  });

  it('are left alone without a probe', () => {
    const given = model('ReduceSum', 'constant', 17);
    expect(repairEmptyReductions(given, { run: graphRunner, probes: () => null }).model).toBe(given);
  });

  it('are left alone where axes are counted from the front', () => {
    const given = repairEmptyReductions(model('ReduceSum', 'constant', 17), probing).model;
    expect(repairEmptyReductions(given, probing).model).toBe(given);
  });
});
