// Outputs that are added to a model: their shapes, signs and names; what stays as it was; what is refused.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { graphRunner } from '../../../src/forcefield/onnx/graph-runner.js';
import { addForces, type Feeds, type ForcesRequest } from '../../../src/onnx/index.js';
import { type ModelProto, ModelProtoSchema } from '../../../src/onnx/proto/onnx_pb.js';
import { tensorOf } from '../../../src/onnx/tensor-values.js';
import { createGraph, type GraphBuilder } from '../../support/onnx-graph.js';
import { modelFolder } from '../../support/onnx-run.js';
import { thrownBy } from '../../support/thrown.js';

const folder = modelFolder();
const python = process.env.MDBENCH_PYTHON ?? '.venv/bin/python';
const hasChecker = spawnSync(python, ['-c', 'import onnx']).status === 0;
const cell = [4, 0, 0, 1, 3, 0, 0, 0, 2];
const points = [1, 2, 3, -1, 0.5, 2];

/** `build` returns the energy, of positions in the given dimensions; systems of 2 and 3 atoms are probed. */
function differentiated(
  build: (graph: GraphBuilder, x: string) => string,
  {
    dims = ['n', 3] as readonly (number | string)[],
    ...request
  }: Partial<ForcesRequest> & { dims?: readonly (number | string)[] } = {},
) {
  const graph = createGraph();
  graph.output(
    'energy',
    build(graph, graph.input('x', 'float64', dims)),
    'float64',
    build === harmonic ? [] : null,
  );
  const bytes = graph.model({ opset: 18, irVersion: 9, metadata: { made: 'by hand' } });
  const given = fromBinary(ModelProtoSchema, bytes);
  const probes = [2, 3].map((atoms) => feedsOf(dims, atoms));
  const outputs = { forces: 'forces', virial: 'virial', stress: { name: 'stress', cell: 'cell' } };
  const found = addForces(given, {
    run: graphRunner,
    probes,
    energy: 'energy',
    positions: 'x',
    outputs,
    ...request,
  });
  expect(toBinary(ModelProtoSchema, given)).toEqual(
    toBinary(ModelProtoSchema, fromBinary(ModelProtoSchema, bytes)),
  );
  return { ...found, results: run(found.model, feedsOf(dims, 2)) };
}

function feedsOf(dims: readonly (number | string)[], atoms: number): Feeds {
  const shape = dims.map((dim) => (dim === 'n' ? atoms : dim === '3n' ? 3 * atoms : Number(dim)));
  const numbers = Array.from({ length: atoms * 3 }, (_, k) => points[k] ?? k);
  return { x: tensorOf('float64', numbers, shape), cell: tensorOf('float64', cell, [3, 3]) };
}

function run(model: ModelProto, feeds: Feeds): Record<string, { dims: readonly number[]; data: number[] }> {
  const found = graphRunner.run(toBinary(ModelProtoSchema, model), feeds);
  return Object.fromEntries(
    Object.entries(found).map(([name, { dims, data }]) => [
      name,
      { dims, data: Array.from<number | bigint, number>(data, Number) },
    ]),
  );
}

/** E = Σ x² / 2: forces -x, ∂E/∂ε = xᵀx. */
function harmonic(graph: GraphBuilder, x: string): string {
  const half = graph.constant('float64', [0.5]);
  return graph.op('Mul', [graph.op('ReduceSum', [graph.op('Mul', [x, x])], { keepdims: 0 }), half]);
}

const square = [0, 1, 2].flatMap((a) =>
  [0, 1, 2].map((b) => points[a]! * points[b]! + points[3 + a]! * points[3 + b]!),
);

describe('outputs', () => {
  it.each([[['n', 3]], [[1, 'n', 3]], [[1, '3n']], [['3n']]])('of positions of shape %j', (dims) => {
    const { results } = differentiated(harmonic, { dims });
    expect(results.forces).toEqual({ dims: feedsOf(dims, 2).x!.dims, data: points.map((x) => -x) });
    expect(results.virial).toEqual({ dims: [3, 3], data: square.map((x) => -x) });
    expect(results.stress!.dims).toEqual([3, 3]);
    results.stress!.data.forEach((value, k) => {
      expect(value).toBeCloseTo(square[k]! / 24, 14);
    });
  });

  it('are zero where the energy does not depend on the positions', () => {
    const { results, change } = differentiated((graph, x) =>
      graph.op('Cast', [graph.op('Size', [x])], { to: 11 }),
    );
    expect(results.forces).toEqual({ dims: [2, 3], data: new Array(6).fill(-0).map(Math.abs) });
    expect(results.virial!.data.map(Math.abs)).toEqual(new Array(9).fill(0));
    expect(change.values.dependent).toBe(false);
  });

  it('have no stress in an open system', () => {
    const { model } = differentiated(harmonic);
    const feeds = { ...feedsOf(['n', 3], 2), cell: tensorOf('float64', new Array(9).fill(0), [3, 3]) };
    expect(run(model, feeds).stress!.data).toEqual(new Array(9).fill(0));
  });

  it('take the cell into the strain where the energy depends on it', () => {
    const { results } = differentiated(
      (graph, x) => {
        const box = graph.input('cell', 'float64', [3, 3]);
        const trace = graph.op('ReduceSum', [graph.op('Mul', [box, box])], { keepdims: 0 });
        return graph.op('Add', [harmonic(graph, x), trace]);
      },
      { cell: 'cell' },
    );
    const ofCell = [0, 1, 2].flatMap((a) =>
      [0, 1, 2].map(
        (b) => 2 * [0, 1, 2].reduce((sum, row) => sum + cell[row * 3 + a]! * cell[row * 3 + b]!, 0),
      ),
    );
    expect(results.virial!.data).toEqual(square.map((value, k) => -value - ofCell[k]!));
  });

  it('are forces alone where nothing else is asked for', () => {
    const { model } = differentiated(harmonic, { outputs: { forces: 'f' } });
    expect(model.graph!.output.map(({ name }) => name)).toEqual(['energy', 'f']);
    expect(model.graph!.input.map(({ name }) => name)).toEqual(['x']);
  });
});

describe('the model', () => {
  it('says what was added, and keeps its versions and what it said', () => {
    const { model, change } = differentiated(harmonic);
    expect(model.metadataProps.map(({ key, value }) => [key, value])).toEqual([
      ['made', 'by hand'],
      ['mdbench.differentiated', 'forces,virial,stress'],
    ]);
    expect([model.irVersion, model.opsetImport.map(({ domain, version }) => [domain, version])]).toEqual([
      9n,
      [['', 18n]],
    ]);
    expect(change.pass).toBe('differentiate');
    expect(change.values).toMatchObject({
      energy: 'energy',
      outputs: ['forces', 'virial', 'stress'],
      accumulation: 'elements',
    });
  });

  it('holds no node twice and none that nobody reads', () => {
    const { model } = differentiated((graph, x) => {
      graph.op('Exp', [x]);
      return graph.op('ReduceSum', [graph.op('Mul', [graph.op('Sin', [x]), graph.op('Sin', [x])])]);
    });
    const types = model.graph!.node.map(({ opType }) => opType);
    expect(types.filter((type) => type === 'Sin')).toHaveLength(1);
    expect(types).not.toContain('Exp');
    const keys = model.graph!.node.map(({ opType, input, attribute }) =>
      JSON.stringify([opType, input, attribute.length]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.skipIf(!hasChecker)('is sound in the eyes of the reference checker (Python package onnx)', () => {
    const { model } = differentiated(harmonic);
    const path = join(folder.path, 'differentiated.onnx');
    writeFileSync(path, toBinary(ModelProtoSchema, model));
    const script = `import onnx; onnx.checker.check_model(onnx.load(${JSON.stringify(path)}), full_check=True)`;
    const { status, stderr } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('refused with its name', () => {
  it.each([
    [
      'an operator without a rule',
      'MaxPool',
      (graph: GraphBuilder, x: string) => {
        const image = graph.op('Unsqueeze', [x, graph.constant('int64', [0], [1])]);
        return graph.op('MaxPool', [image], { kernel_shape: [1] });
      },
    ],
    [
      'a sequence',
      'Sequence',
      (graph: GraphBuilder, x: string) => {
        const first = graph.constant('int64', [0]);
        return graph.op('SequenceAt', [graph.op('SequenceConstruct', [x, x]), first]);
      },
    ],
  ])('%s', (_, name, build) => {
    const error = thrownBy(() => differentiated(build));
    expect(error).toMatchObject({ code: 'not-differentiable', message: expect.stringContaining(name) });
  });

  it('an output whose name is taken', () => {
    const outputs = { forces: 'x' };
    expect(thrownBy(() => differentiated(harmonic, { outputs }))).toMatchObject({
      code: 'not-differentiable',
    });
  });

  it('an energy that is not there', () => {
    expect(thrownBy(() => differentiated(harmonic, { energy: 'enthalpy' }))).toMatchObject({
      code: 'not-differentiable',
    });
  });

  it('positions that are whole numbers', () => {
    const build = (graph: GraphBuilder, x: string) => {
      graph.input('k', 'int64', ['n', 3]);
      return harmonic(graph, x);
    };
    const probes = [2, 3].map((atoms) => ({
      ...feedsOf(['n', 3], atoms),
      k: tensorOf('int64', new Array(3 * atoms).fill(1), [atoms, 3]),
    }));
    expect(thrownBy(() => differentiated(build, { positions: 'k', probes }))).toMatchObject({
      code: 'not-differentiable',
      message: expect.stringMatching(/input "k" is int64/),
    });
  });

  it('positions that are not there, and a cell whose name is a tensor of the graph', () => {
    for (const [request, message] of [
      [{ positions: 'places' }, /no input "places"/],
      [{ outputs: { forces: 'f', stress: { name: 's', cell: 'energy' } } }, /a tensor "energy" already/],
    ] as const)
      expect(thrownBy(() => differentiated(harmonic, request))).toMatchObject({
        code: 'not-differentiable',
        message: expect.stringMatching(message),
      });
  });

  it('a cell that does not hold vectors', () => {
    const build = (graph: GraphBuilder, x: string) =>
      graph.op('Add', [
        harmonic(graph, x),
        graph.op('ReduceSum', [graph.input('a', 'float64', [4])], { keepdims: 0 }),
      ]);
    const probes = [2, 3].map((atoms) => ({
      ...feedsOf(['n', 3], atoms),
      a: tensorOf('float64', [1, 2, 3, 4]),
    }));
    expect(thrownBy(() => differentiated(build, { cell: 'a', probes }))).toMatchObject({
      code: 'not-differentiable',
    });
  });
});
