// Sums by ScatterND written as sums of sorted rows: the same numbers as the operator gives on one thread, for whatever
// it can index, and the same bits on several threads in every run.

import { toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { graphRunner } from '../../../src/forcefield/onnx/graph-runner.js';
import type { Feeds } from '../../../src/onnx/index.js';
import { type ModelProto, ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import { sumWithoutRace } from '../../../src/onnx/repair/race-free-sums.js';
import { type TensorValue, tensorOf } from '../../../src/onnx/tensor-values.js';
import { functionOf, graph, longs, model, node, run, scattered } from '../../support/onnx-nodes.js';

const add = { reduction: 'add' };

/** `data`, `indices` and `updates` in shapes of n atoms and e pairs. */
interface Form {
  readonly form: string;
  readonly type?: 'float32' | 'float64' | 'int64' | 'int32';
  readonly shapes: (n: number, e: number) => readonly [number[], number[], number[]];
  readonly opset?: number;
}

const forms: readonly Form[] = [
  {
    form: 'rows',
    shapes: (n, e) => [
      [n, 5],
      [e, 1],
      [e, 5],
    ],
  },
  {
    form: 'rows in double',
    type: 'float64',
    shapes: (n, e) => [
      [n, 5],
      [e, 1],
      [e, 5],
    ],
  },
  {
    form: 'opset 16',
    shapes: (n, e) => [
      [n, 5],
      [e, 1],
      [e, 5],
    ],
    opset: 16,
  },
  { form: 'numbers', type: 'float64', shapes: (n, e) => [[n], [e, 1], [e]] },
  { form: 'counts', type: 'int64', shapes: (n, e) => [[n], [e, 1], [e]] },
  { form: 'counts in 32 bits', type: 'int32', shapes: (n, e) => [[n], [e, 1], [e]] },
  {
    form: 'rows of matrices',
    type: 'float64',
    shapes: (n, e) => [
      [n, 3, 4],
      [e, 1],
      [e, 3, 4],
    ],
  },
  {
    form: 'pairs of indices',
    type: 'float64',
    shapes: (n, e) => [
      [n, 4, 3],
      [e, 2],
      [e, 3],
    ],
  },
  { form: 'places of a matrix', type: 'float64', shapes: (n, e) => [[n, 4], [e, 2], [e]] },
  {
    form: 'indices in a matrix',
    type: 'float64',
    shapes: (n, e) => [
      [n, 3],
      [e, 2, 1],
      [e, 2, 3],
    ],
  },
  { form: 'one index', type: 'float64', shapes: (n) => [[n, 3], [1], [3]] },
];

describe.each(forms)('$form', ({ type = 'float32', shapes, opset = 18 }) => {
  const proto = model(
    {
      nodes: [
        node('Add', 'data data', 'twice'),
        node('ScatterND', 'twice indices updates', 'sums', add),
        node('Sub', 'sums data', 'y'),
      ],
      inputs: { data: type, indices: 'int64', updates: type },
      outputs: { y: type },
    },
    { opset },
  );
  const fed = (n: number, e: number): Feeds => {
    const [data, indices, updates] = shapes(n, e);
    return {
      data: filled(data, type),
      indices: placesIn(data, indices),
      updates: filled(updates, type),
    };
  };
  const probes = [fed(7, 20), fed(12, 31)];
  const repaired = sumWithoutRace(proto, { run: graphRunner, probes: () => probes });

  it('is told, and no longer needs one thread', () => {
    expect(repaired.changes.at(-1)).toMatchObject({
      pass: 'scatter-nd',
      count: 1,
      values: { sums: ['sums'] },
    });
    expect(operators(repaired.model)).not.toContain('ScatterND');
    expect(operators(proto)).toContain('ScatterND');
  });

  it.each([
    [7, 20],
    [64, 900],
    [5, 0],
    [1, 3],
  ])('%i rows, %i updates', (n, e) => {
    const feeds = fed(n, e);
    const expected = run(proto, feeds).y!;
    const found = run(repaired.model, feeds, 'all').y!;
    expect(found.dims).toEqual(expected.dims);
    const tolerance = type === 'float32' ? 2e-5 : type === 'float64' ? 1e-13 : 0;
    expect(largestDifference(found, expected)).toBeLessThanOrEqual(tolerance);
  });

  it('is the same in every run of four threads', () => {
    const feeds = fed(40, 20_000);
    const bytes = toBinary(ModelProtoSchema, repaired.model);
    const first = graphRunner.run(bytes, feeds, { threads: 4, level: 'all' }).y!;
    for (let k = 0; k < 5; k++)
      expect(graphRunner.run(bytes, feeds, { threads: 4, level: 'all' }).y).toEqual(first);
    expect(largestDifference(first, run(proto, feeds).y!)).toBeLessThan(type === 'float32' ? 3e-3 : 1e-10);
  });
});

describe('what it leaves alone', () => {
  const rows = { data: filled([6, 2]), indices: placesIn([6, 2], [9, 1]), updates: filled([9, 2]) };
  const probing = { run: graphRunner, probes: () => [rows] };
  const inputs = { data: 'float32', indices: 'int64', updates: 'float32' };

  it.each(['mul', 'max', 'none'])('reduction %s', (reduction) => {
    const proto = model({
      nodes: [node('ScatterND', 'data indices updates', 'y', { reduction })],
      inputs,
      outputs: { y: 'float32' },
    });
    expect(sumWithoutRace(proto, probing)).toEqual({ model: proto, changes: [], lints: [] });
  });

  it('all of them where nobody knows what to feed', () => {
    const proto = model({
      nodes: [node('ScatterND', 'data indices updates', 'y', add)],
      inputs,
      outputs: { y: 'float32' },
    });
    expect(sumWithoutRace(proto, { run: graphRunner, probes: () => null }).model).toBe(proto);
  });

  it('the sum in the branch of an If, beside one that is written anew', () => {
    const branch = (name: string) =>
      graph({
        nodes: [node('ScatterND', 'data indices updates', name, add)],
        outputs: { [name]: 'float32' },
      });
    const proto = model({
      nodes: [
        node('If', 'yes', 'chosen', {}, { then_branch: branch('t'), else_branch: branch('e') }),
        node('ScatterND', 'chosen indices updates', 'y', add),
      ],
      inputs,
      outputs: { y: 'float32' },
      weights: { yes: tensorOf('bool', [1], []) },
    });
    const { model: found, changes } = sumWithoutRace(proto, probing);
    expect(changes).toEqual([{ pass: 'scatter-nd', count: 1, values: { sums: ['y'] } }]);
    expect(largestDifference(run(found, rows).y!, run(proto, rows).y!)).toBeLessThan(1e-5);
  });

  it('but not the sum of a function, which is inlined', () => {
    const sum = functionOf({
      name: 'Sum',
      inputs: ['a', 'b', 'c'],
      outputs: ['d'],
      nodes: [node('ScatterND', 'a b c', 'd', add)],
    });
    const proto = model(
      { nodes: [node('own:Sum', 'data indices updates', 'y')], inputs, outputs: { y: 'float32' } },
      { functions: [sum], domains: { own: 1 } },
    );
    const { model: found, changes } = sumWithoutRace(proto, probing);
    expect(changes.map(({ pass }) => pass)).toEqual(['inline-functions', 'scatter-nd']);
    expect(largestDifference(run(found, rows).y!, run(proto, rows).y!)).toBeLessThan(1e-5);
  });
});

function filled(dims: readonly number[], type = 'float32'): TensorValue {
  const { data } = scattered(dims);
  const whole = type.startsWith('int');
  return tensorOf(
    type,
    Array.from(data as Float32Array, (x) => (whole ? Math.round(9 * x) : x)),
    dims,
  );
}

/** Tuples that repeat, some of them counted from behind. */
function placesIn(data: readonly number[], dims: readonly number[]): TensorValue {
  const size = dims.reduce((product, dim) => product * dim, 1);
  const length = dims.at(-1)!;
  const places = Array.from({ length: size }, (_, k) => {
    const limit = data[k % length]!;
    const place = (k * k + 3 * k) % limit;
    return k % 5 === 4 ? place - limit : place;
  });
  return longs(places, dims);
}

function operators({ graph: own }: ModelProto): string[] {
  return own!.node.map(({ opType }) => opType);
}

function largestDifference(a: TensorValue, b: TensorValue): number {
  const [x, y] = [a, b].map(({ data }) => Array.from<number | bigint, number>(data, Number));
  return x!.reduce((most, value, k) => Math.max(most, Math.abs(value - y![k]!)), 0);
}
