// mdbench differentiate, as a person types it: its files run unchanged in Python's ONNX Runtime and agree with automatic
// differentiation where they were made.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mdbench, temporaryFolder } from '../support/cli.js';
import { createGraph } from '../support/onnx-graph.js';
import { hasModule, python } from '../support/peers.js';
import { listZoo } from '../support/zoo.js';

const folder = temporaryFolder();
const missing = !hasModule('onnx', 'onnxruntime');

interface Errors {
  readonly case: string;
  readonly energy: number;
  readonly forces: number;
  readonly stress: number;
}

function runElsewhere(path: string, architecture: string): Errors[] {
  const golden = resolve('tests/golden/force-fields/golden', `${architecture}.json`);
  const script = resolve('tests/python/run_elsewhere.py');
  return JSON.parse(execFileSync(python, [script, path, golden], { encoding: 'utf8' }));
}

describe.skipIf(missing)(
  `files run elsewhere${missing ? ' (needs Python with onnx and onnxruntime)' : ''}`,
  () => {
    it.each([
      ['schnet-legacy-index-add.onnx', 1e-5],
      ['painn-dynamo.onnx', 1e-5],
      ['schnet-legacy-f64.onnx', 1e-9],
      ['schnet-jax.onnx', 1e-5],
    ])('%s', async (file, tolerance) => {
      const { path, architecture } = listZoo().find((one) => one.file === file)!;
      const before = readFileSync(path);
      const target = join(folder, file);
      const { code, stdout } = await mdbench(['differentiate', path, '-o', target, '--stress']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/nodes added that compute the forces/);
      expect(readFileSync(path)).toEqual(before);
      const errors = runElsewhere(target, architecture);
      expect(errors.length).toBeGreaterThan(4);
      for (const { forces, energy, stress } of errors)
        expect(Math.max(forces, energy, stress)).toBeLessThan(tolerance);
    });
  },
);

describe('what is written', () => {
  const { path } = listZoo().find(({ file }) => file === 'ani-legacy.onnx')!;

  it('binds without a manifest and assumes nothing', async () => {
    const target = join(folder, 'ani.onnx');
    expect((await mdbench(['differentiate', path, '-o', target, '--precision', 'f64'])).code).toBe(0);
    const { stdout } = await mdbench(['inspect', target, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      forces: 'model',
      summary: { precision: 'float64' },
      binding: { assumed: [] },
    });
  });

  it('has the derived forces for its own where the model gave others', async () => {
    const target = join(folder, 'student.onnx');
    const student = resolve('benchmarks/models/silicon-student.onnx');
    expect((await mdbench(['differentiate', student, '-o', target])).code).toBe(0);
    const { outputs } = JSON.parse((await mdbench(['inspect', target, '--json'])).stdout).binding;
    const forces = outputs.filter(({ role }: { role: string }) => role === 'forces');
    expect(forces).toMatchObject([{ tensor: 'mdbench_forces' }]);
  });

  it('never is the file that was read', async () => {
    const copy = join(folder, 'copy.onnx');
    writeFileSync(copy, readFileSync(path));
    const { code, stderr } = await mdbench(['differentiate', copy, '-o', copy]);
    expect(stderr).toMatch(/it is the file that is read, and that one stays as it is/);
    expect(code).toBe(2);
  });

  it('is nothing where an operator has no rule, and that one is named', async () => {
    const g = createGraph();
    const x = g.input('positions', 'float32', ['n', 3]);
    g.input('z', 'int64', ['n']);
    const kernel = g.constant('float32', [1, 1, 1], [1, 1, 3]);
    const rows = g.op('Unsqueeze', [x, g.constant('int64', [1], [1])]);
    g.output('energy', g.op('ReduceSum', [g.op('Conv', [rows, kernel])], { keepdims: 0 }), 'float32', []);
    const file = join(folder, 'conv.onnx');
    writeFileSync(file, g.model());
    const { code, stderr } = await mdbench(['differentiate', file, '-o', join(folder, 'none.onnx')]);
    expect(stderr).toMatch(/no rule for the operator Conv.*--forces finite-difference/s);
    expect(code).toBe(2);
  });
});
