// Manifests and metadata that are wrong: refused by name of file and key, in the inspection and in the run.

import { describe, expect, it } from 'vitest';
import { MdbenchError } from '../../src/errors.js';
import { inspectForceField } from '../../src/forcefield/index.js';
import { modelWithTensors, type NamedTensor } from '../support/onnx-broken.js';
import { evaluateFile, modelFolder, openMolecule } from '../support/onnx-run.js';

const folder = modelFolder();
const positions: NamedTensor = { name: 'positions', type: 'float32', dims: ['n', 3] };
const numbers: NamedTensor = { name: 'z', type: 'int64', dims: ['n'] };
let files = 0;

describe('a manifest that is wrong', () => {
  const model = modelWithTensors([positions, numbers]);

  it.each([
    ['an unknown key', { mdbench: 1, cutof: 5 }, /cutof/],
    ['an unknown key inside', { mdbench: 1, units: { mass: 'amu' } }, /`units`.*mass/],
    ['an unknown role', { mdbench: 1, inputs: { z: 'kind' } }, /`inputs\.z`.*"positions"/],
    ['a blank', { mdbench: 1, inputs: { z: '' } }, /`inputs\.z`/],
    [
      'a tensor that is not there',
      { mdbench: 1, inputs: { zz: 'species' } },
      /no input `zz`; its inputs are `positions`, `z`/,
    ],
    [
      'a role that cannot be',
      { mdbench: 1, inputs: { z: 'positions' } },
      /`z` int64 \[n\] cannot be positions/,
    ],
    ['no element', { mdbench: 1, species: { kind: 'index', elements: ['Xx'] } }, /"Xx", which is no element/],
    ['a negative cutoff', { mdbench: 1, cutoff: -1 }, /`cutoff`/],
    ['a missing version', { cutoff: 1 }, /`mdbench`/],
    ['a unit of force that is none', { mdbench: 1, units: { force: 'N' } }, /"N"; expected energy\/length/],
  ])('%s', async (_, manifest, message) => {
    const { refusal } = await inspect(model, manifest);
    expect(refusal?.code).toBe('manifest-invalid');
    expect(refusal?.message).toMatch(message);
  });

  it('no JSON', async () => {
    const { refusal } = await inspect(model, '{ mdbench: 1 }');
    expect(refusal?.message).toMatch(/\.mdbench\.json is not valid: it is not JSON/);
  });

  it('metadata are held to the same rules', async () => {
    const bytes = modelWithTensors([positions, numbers], undefined, {
      'mdbench.units.length': 'furlong',
    });
    expect((await inspect(bytes)).refusal?.message).toMatch(/metadata \(mdbench\.\*\) are not valid.*units\.length/);
  });

  it('fails the run as it fails the inspection', async () => {
    const path = folder.write('wrong.onnx', model);
    folder.write('wrong.onnx.mdbench.json', { mdbench: 2 });
    await expect(evaluateFile(path, openMolecule())).rejects.toThrow(MdbenchError);
  });
});

function inspect(bytes: Uint8Array, manifest?: object | string) {
  const name = `model${files++}.onnx`;
  if (manifest !== undefined) folder.write(`${name}.mdbench.json`, manifest);
  return inspectForceField(folder.write(name, bytes));
}
