// Sessions: what ONNX Runtime cannot load, providers that are not there, the description of what ran, memory.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createForceField,
  createForceOutput,
  type ForceField,
  inspectForceField,
} from '../../src/forcefield/index.js';
import { emptyPairs } from '../../src/neighbors/index.js';
import { modelWithOperator, modelWithTensors } from '../support/onnx-broken.js';
import { createGraph } from '../support/onnx-graph.js';
import { schnetModel, zposModel } from '../support/onnx-models.js';
import {
  evaluateField,
  evaluateFile,
  modelFolder,
  openMolecule,
  pairsFor,
  skewedCell,
} from '../support/onnx-run.js';
import { cutoff } from '../support/pair-potential.js';

const folder = modelFolder();
const load = (path: string, provider = 'cpu') => createForceField({ name: path, provider, threads: 1 });

describe('an operator without a kernel', () => {
  it.each([
    ['Det', {}, 'Det'],
    ['NoSuchThing', {}, 'NoSuchThing'],
    ['my.domain:Foo', { 'my.domain': 1 }, 'my.domain:Foo'],
    ['undeclared.domain:Foo', {}, 'undeclared.domain:Foo'],
    ['com.microsoft:NotThere', { 'com.microsoft': 1 }, 'com.microsoft:NotThere'],
  ])('%s is named', async (type, domains, name) => {
    const path = folder.write('operator.onnx', modelWithOperator(type, domains));
    await expect(load(path)).rejects.toMatchObject({
      code: 'unsupported-operator',
      message: expect.stringContaining(`uses the operator ${name}, `),
    });
    expect((await inspectForceField(path)).sessionRefusal?.code).toBe('unsupported-operator');
    expect((await inspectForceField(path)).runs.dynamics).toBe(false);
  });
});

describe('a graph that does not fit together', () => {
  it('gives what ONNX Runtime says', async () => {
    const g = createGraph();
    g.input('z', 'int64', ['n']);
    const x = g.input('positions', 'float32', ['n', 3]);
    const wrong = g.op('Add', [x, g.constant('float64', [1])]);
    g.output('energy', g.op('ReduceSum', [x], { keepdims: 0 }), 'float32', []);
    g.output('forces', wrong, 'float32', ['n', 3]);
    await expect(load(folder.write('types.onnx', g.model()))).rejects.toMatchObject({
      code: 'session-failed',
      message: expect.stringMatching(/ONNX Runtime cannot load .*types\.onnx: .*[Tt]ype/s),
    });
  });

  it('that fails while it runs is told as such', async () => {
    const g = createGraph();
    g.input('z', 'int64', ['n']);
    const x = g.input('positions', 'float32', ['n', 3]);
    const wrong = g.op('Add', [x, g.constant('float32', new Array(21).fill(0), [7, 3])]);
    g.output('energy', g.op('ReduceSum', [x], { keepdims: 0 }), 'float32', []);
    g.output('forces', wrong, 'float32', ['n', 3]);
    const path = folder.write('run.onnx', g.model());
    const open = { ...skewedCell(), pbc: [false, false, false] as const };
    await expect(evaluateFile(path, open)).rejects.toMatchObject({
      code: 'session-failed',
      message: expect.stringMatching(/failed in a force call/),
    });
  });
});

describe('optimization levels', () => {
  it('go down until the graph loads, and the record says why', async () => {
    const g = createGraph();
    g.input('z', 'int64', ['n']);
    const x = g.input('positions', 'float64', ['n', 3]);
    // Fused into an operator that has no kernel in double above the level `basic`.
    const smooth = g.op('Mul', [x, g.op('Sigmoid', [x])]);
    g.output('energy', g.op('ReduceSum', [smooth], { keepdims: 0 }), 'float64', []);
    g.output('forces', smooth, 'float64', ['n', 3]);
    const { output, forceField } = await evaluateFile(folder.write('silu.onnx', g.model()), {
      ...skewedCell(),
      pbc: [false, false, false],
    });
    expect(forceField.description.settings).toMatchObject({
      graphOptimizationLevel: 'basic',
      failedLevels: [{ level: 'all', reason: expect.stringContaining('QuickGelu') }],
    });
    expect(output.forces[3]).toBeCloseTo(0.95 / (1 + Math.exp(-0.95)), 14);
  });
});

describe('a provider', () => {
  it.each(['cuda', 'tensorrt', 'coreml', 'nonsense'])(
    '%s that is absent is refused, never replaced',
    async (provider) => {
      const path = folder.write('provider.onnx', zposModel());
      await expect(load(path, provider)).rejects.toMatchObject({
        code: 'provider-unavailable',
        message: expect.stringContaining(
          `The execution provider ${provider} is not available; this ONNX Runtime has cpu`,
        ),
      });
    },
  );

  it('CUDA users are told how to install it', async () => {
    const path = folder.write('provider.onnx', zposModel());
    await expect(load(path, 'cuda')).rejects.toMatchObject({
      hint: expect.stringContaining('ONNXRUNTIME_NODE_INSTALL=cuda12'),
    });
  });
});

describe('several threads', () => {
  const bytes = schnetModel({ metadata: { r_max: `${cutoff}` }, type: 'float64' });
  const wishing = (wishes: object) => ({ provider: 'cpu', threads: 2, ...wishes }) as const;

  it("rewrite the model's own sums over neighbors, which would race, and say so", async () => {
    const name = folder.write('racing.onnx', bytes);
    const [one, two, derived] = await Promise.all(
      [{ threads: 1 }, {}, { forces: 'autodiff', stress: true } as const].map((wishes) =>
        evaluateField({ name, ...wishing(wishes) }, skewedCell()),
      ),
    );
    expect(two!.forceField.description.settings.intraOpNumThreads).toBe(2);
    expect(passesOf(one!)).toEqual([]);
    expect(passesOf(two!)).toEqual(['opset-upgrade', 'scatter-nd']);
    expect(passesOf(derived!)).toContain('scatter-nd');
    for (const { output, forceField } of [two!, derived!]) {
      expect(forceField.description.preparation!.lints.map(({ id }) => id)).not.toContain('scatter-nd-race');
      expect(output.energy).toBeCloseTo(one!.output.energy, 11);
      expectClose(output.forces, one!.output.forces);
      expectClose(output.virial, one!.output.virial);
    }
  });

  it.each([
    ['--no-repair', { repair: false }, {}],
    ['its manifest', {}, { mdbench: 1, repair: { scatterNd: false } }],
  ])('are refused where %s leaves them as they are', async (_, wishes, manifest) => {
    const name = folder.write('left.onnx', bytes);
    folder.write('left.onnx.mdbench.json', { mdbench: 1, ...manifest });
    await expect(createForceField({ name, ...wishing(wishes) })).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringMatching(/sums with ScatterND.*2 were asked for/),
    });
  });

  it('change nothing of a model without such sums', async () => {
    const name = folder.write('safe.onnx', zposModel());
    const { forceField } = await evaluateField({ name, ...wishing({}) }, openMolecule());
    expect(forceField.description.preparation!.changes).toEqual([]);
  });

  const passesOf = ({ forceField }: { forceField: ForceField }) =>
    forceField.description.preparation!.changes.map(({ pass }) => pass);
  const expectClose = (found: Float64Array, expected: Float64Array) =>
    found.forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k]!, 11);
    });
});

describe('the description', () => {
  it('says which file ran, under which settings', async () => {
    const bytes = schnetModel({ type: 'float64', metadata: { r_max: `${cutoff}` } });
    const path = folder.write('Described Model.onnx', bytes);
    const { forceField } = await evaluateFile(path, skewedCell());
    expect(forceField.description).toMatchObject({
      id: 'described-model',
      kind: 'onnx',
      cutoff,
      precision: 'float64',
      parameters: 24,
      file: {
        path,
        bytes: bytes.length,
        commit: null,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      settings: {
        provider: 'cpu',
        graphOptimizationLevel: 'all',
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        failedLevels: [],
        manifest: null,
      },
    });
    expect(JSON.parse(JSON.stringify(forceField.description))).toEqual(forceField.description);
  });

  it('gives the commit of the repository that tracks the file', async () => {
    const path = mkdtempSync(join(tmpdir(), 'mdbench-git-'));
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', path, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...words], {
        encoding: 'utf8',
      });
    git('init', '-q');
    writeFileSync(join(path, 'tracked.onnx'), zposModel());
    git('add', '.');
    git('commit', '-q', '-m', 'model');
    writeFileSync(join(path, 'stray.onnx'), zposModel());
    const commitOf = async (name: string) => {
      const forceField = await load(join(path, name));
      await forceField.prepare(openMolecule());
      await forceField.dispose();
      return forceField.description.file?.commit;
    };
    expect(await commitOf('tracked.onnx')).toBe(git('rev-parse', 'HEAD').trim());
    expect(await commitOf('stray.onnx')).toBeNull();
    rmSync(path, { recursive: true });
  });
});

describe('many calls', () => {
  it('hold memory stable while the number of pairs changes', async () => {
    const forceField = await load(
      folder.write('many.onnx', schnetModel({ metadata: { r_max: `${cutoff}` } })),
    );
    const system = skewedCell();
    const full = pairsFor(forceField, system)!;
    const pairs = { ...emptyPairs(), ...full };
    const output = createForceOutput(system.numbers.length);
    await forceField.prepare(system);
    const outsideHeap = async (calls: number) => {
      for (let k = 0; k < calls; k++) {
        pairs.count = 1 + (k % full.count);
        await forceField.compute(system, pairs, output);
      }
      const { rss, heapTotal } = process.memoryUsage();
      return rss - heapTotal;
    };
    const before = await outsideHeap(20_000);
    const after = await outsideHeap(10_000);
    expect((after - before) / 10_000).toBeLessThan(512);
    pairs.count = full.count;
    await forceField.compute(system, pairs, output);
    const first = createForceOutput(system.numbers.length);
    await forceField.compute(system, full, first);
    expect(output).toEqual(first);
    await forceField.dispose();
  });
});

describe('use before prepare', () => {
  it('is an error', async () => {
    const forceField = await load(
      folder.write(
        'unprepared.onnx',
        modelWithTensors([
          { name: 'positions', type: 'float32', dims: ['n', 3] },
          { name: 'z', type: 'int64', dims: ['n'] },
        ]),
      ),
    );
    expect(() => forceField.compute(skewedCell(), null, createForceOutput(5))).toThrow(/prepare\(\)/);
    await forceField.dispose();
  });
});
