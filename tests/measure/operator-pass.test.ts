// Operators really profiled: the graph that ONNX Runtime writes out, planted costs, and a folder that goes away.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForceField, modelFile } from '../../src/forcefield/index.js';
import { type OperatorPassOptions, runOperatorPass } from '../../src/measure/operator-pass.js';
import { readModelFile } from '../../src/onnx/index.js';
import { type OperatorProfile, operatorProfileSchema } from '../../src/result/index.js';
import { type CaseSpec, caseSpec } from '../../src/spec/case.js';
import { modelFolder } from '../support/onnx-run.js';
import { productModel, scatterModel, smoothModel } from '../support/profiled-models.js';

const models = modelFolder();
const written = mkdtempSync(join(tmpdir(), 'mdbench-pass-'));
const place = process.env.TMPDIR;
beforeEach(() => {
  process.env.TMPDIR = written;
});
afterEach(() => {
  if (place === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = place;
});
afterAll(() => rmSync(written, { recursive: true }));

function caseOf(name: string, system = 'ethanol', change: object = {}, threads = 1): CaseSpec {
  return caseSpec.parse({
    id: 'profiled',
    forceField: { name, threads },
    system: { name: system },
    dynamics: { seed: 3, ...change },
  });
}

async function pass(spec: CaseSpec, change: Partial<OperatorPassOptions> = {}): Promise<OperatorProfile> {
  const asked = { plainCall: null, isAborted: () => false, onProgress() {}, ...change };
  const { profile } = await runOperatorPass(spec, asked);
  return profile;
}

/** ONNX Runtime itself leaves files of other names in the folder of temporary files. */
const folders = () => readdirSync(written).filter((name) => name.startsWith('mdbench-operators-'));
const shares = (rows: readonly { share: number }[]) => rows.reduce((sum, { share }) => sum + share, 0);

describe.each(['silicon-student', 'silicon-teacher'])('%s', (name) => {
  it('has the nodes of the graph that ONNX Runtime made of it, each once a call', async () => {
    const profile = await pass(caseOf(name, 'si64'), { plainCall: 0.4 });
    const file = join(written, 'optimized.onnx');
    const options = {
      graphOptimizationLevel: 'all',
      optimizedModelFilePath: file,
      logSeverityLevel: 4,
    } as const;
    await (await InferenceSession.create(modelFile(name), options)).release();
    const operators = [...readModelFile(file).summary.operators].map(([type, count]) => [
      type.split(':').at(-1)!,
      count,
    ]);
    rmSync(file);
    expect(profile.types.map(({ operator, nodes }) => [operator, nodes]).sort()).toEqual(operators.sort());
    for (const { calls, nodes } of profile.types) expect(calls).toBe(nodes);
    expect(profile.calls).toBeGreaterThanOrEqual(10);
    expect(profile).toMatchObject({ provider: 'cpu', threads: 1, hostLaunch: false, plainCall: 0.4 });
    expect(operatorProfileSchema.parse(profile)).toEqual(profile);
    expect(folders()).toEqual([]);
  });

  it('sums to what is covered', async () => {
    const profile = await pass(caseOf(name, 'si64', {}, 2));
    expect(profile.threads).toBe(2);
    expect(shares(profile.nodes)).toBeCloseTo(profile.covered, 6);
    expect(shares(profile.types)).toBeCloseTo(profile.covered, 6);
    expect(profile.covered).toBeGreaterThan(20);
    expect(profile.covered).toBeLessThanOrEqual(100);
    for (const row of [...profile.nodes, ...profile.types]) {
      expect(row.share).toBeCloseTo((100 * row.time) / profile.callTime, 9);
    }
  });
});

describe('a planted cost', () => {
  it('in ScatterElements is found, with its advice', async () => {
    const profile = await pass(caseOf(models.write('scatter.onnx', scatterModel())));
    expect(profile.types[0]).toMatchObject({ operator: 'ScatterElements', nodes: 1, calls: 1 });
    expect(profile.nodes[0]!.inputs).toEqual(['float32[64,16]', 'int64[4000,16]', 'float32[4000,16]']);
    expect(profile.nodes[0]!.outputs).toEqual(['float32[64,16]']);
    expect(profile.hotSpots[0]).toMatchObject({
      code: 'serial-scatter',
      values: { operator: 'ScatterElements' },
    });
    expect(profile.hotSpots[0]!.values.share).toBeGreaterThan(50);
  });

  it.each([1, 2])('in a dense product is the longest node, on %i threads', async (threads) => {
    const profile = await pass(caseOf(models.write('product.onnx', productModel()), 'ethanol', {}, threads));
    const [longest] = profile.nodes;
    expect(longest).toMatchObject({ operator: 'MatMul', outputs: ['float32[384,384]'] });
    const small = profile.nodes.find(({ outputs }) => outputs[0] === 'float32[8,8]')!;
    expect(longest!.time).toBeGreaterThan(20 * small.time);
    expect(profile.hotSpots[0]).toMatchObject({ code: 'dense-products', values: { threads } });
  });
});

describe('the session', () => {
  it('goes down the optimization levels like that of a run', async () => {
    const profile = await pass(caseOf(models.write('smooth.onnx', smoothModel())));
    expect(profile.types.map(({ operator }) => operator)).toContain('Sigmoid');
    expect(profile.hotSpots.map(({ code }) => code)).toContain('double-precision');
    expect(folders()).toEqual([]);
  });

  it('is described like one without a profile, and writes one only when asked', async () => {
    const spec = { name: 'silicon-student', provider: 'cpu', threads: 1 };
    const plain = await createForceField(spec);
    const profiled = await createForceField(spec, { profile: join(written, 'told') });
    expect(profiled.description).toEqual(plain.description);
    await plain.dispose();
    await profiled.dispose();
    const files = readdirSync(written).filter((name) => name.endsWith('.json'));
    expect(files).toEqual([expect.stringMatching(/^told-all_.*\.json$/)]);
  });
});

describe('the folder of the profile', () => {
  it('is there for nobody else while it lasts', async () => {
    const seen: number[] = [];
    const isAborted = () => {
      for (const name of folders()) seen.push(statSync(join(written, name)).mode & 0o777);
      return false;
    };
    await pass(caseOf('silicon-student', 'si8'), { isAborted });
    expect(new Set(seen)).toEqual(new Set([0o700]));
  });

  it.each([
    ['a force field without operators', caseOf('stillinger-weber', 'si8'), 'usage'],
    ['a file that is not there', caseOf('nowhere.onnx'), 'file-not-found'],
    [
      'a system that the model does not know',
      caseOf('silicon-student'),
      'open-boundaries-only|unknown-element',
    ],
    [
      'a trajectory that explodes',
      caseOf('silicon-student', 'si8', { timestep: 400, temperature: 3000 }),
      'measurement-failed',
    ],
  ])('is gone after %s', async (_, spec, code) => {
    await expect(pass(spec)).rejects.toMatchObject({ code: expect.stringMatching(`^(${code})$`) });
    expect(folders()).toEqual([]);
  });

  it('is gone after an abort', async () => {
    let asked = 0;
    const isAborted = () => asked++ > 0;
    await expect(pass(caseOf('silicon-teacher', 'si64'), { isAborted })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(asked).toBeGreaterThan(0);
    expect(folders()).toEqual([]);
  });

  it('that cannot be made is misuse, and told', async () => {
    process.env.TMPDIR = join(written, 'missing');
    await expect(pass(caseOf('silicon-student', 'si8'))).rejects.toMatchObject({
      code: 'output-not-writable',
      hint: expect.stringContaining('TMPDIR'),
    });
  });

  it('is gone when the process ends in the midst of it', () => {
    const program = `
      import { readdirSync } from 'node:fs';
      import { runOperatorPass } from './dist/measure/operator-pass.js';
      const isAborted = () => {
        console.log(readdirSync(process.env.TMPDIR).join(' '));
        process.exit(3);
      };
      await runOperatorPass(${JSON.stringify(caseOf('silicon-student', 'si8'))}, { plainCall: null, isAborted, onProgress() {} });`;
    const words = ['--input-type=module', '--eval', program];
    const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(status).toBe(3);
    expect(stdout).toMatch(/mdbench-operators-\w+/);
    expect(folders()).toEqual([]);
  });
});
