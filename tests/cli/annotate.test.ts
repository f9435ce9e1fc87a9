// mdbench annotate as a person types it: a copy that needs no manifest, and refusals with exit code 2.

import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mdbench } from '../support/cli.js';
import { maceModel, zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

it('writes a copy whose inspection assumes nothing', async () => {
  const path = folder.write('mace.onnx', maceModel());
  folder.write('mace.onnx.mdbench.json', {
    mdbench: 1,
    cutoff: 4,
    species: { kind: 'onehot', elements: ['H', 'C', 'O'] },
  });
  const copy = `${folder.path}/annotated.onnx`;
  const { code, stdout } = await mdbench(['annotate', path, '-o', copy]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/mdbench\.species +onehot:H,C,O/);
  expect(stdout).toMatch(/mdbench\.cutoff +4/);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/annotated\.onnx says itself how it is bound/);
  const inspection = await mdbench(['inspect', copy]);
  expect(inspection.code).toBe(0);
  expect(inspection.stdout).toMatch(/manifest +none/);
  expect(inspection.stdout).toMatch(/assumed +nothing/);
  expect(inspection.stdout).toMatch(/positions +float32\[n, 3\] +positions +metadata/);
});

it('never writes the file that it reads', async () => {
  const path = folder.write('same.onnx', zposModel());
  const before = readFileSync(path);
  const { code, stderr } = await mdbench(['annotate', path, '-o', path]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/same\.onnx is not written: it is the file that is read/);
  expect(readFileSync(path)).toEqual(before);
});

it('asks for the file to write', async () => {
  const { code, stderr } = await mdbench(['annotate', folder.write('lone.onnx', zposModel())]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--output/);
});

it('prints the manifest to write where the file cannot be bound', async () => {
  const copy = `${folder.path}/never.onnx`;
  const { code, stderr } = await mdbench(['annotate', folder.write('unbound.onnx', maceModel()), '-o', copy]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/"mdbench": 1/);
  expect(existsSync(copy)).toBe(false);
});
