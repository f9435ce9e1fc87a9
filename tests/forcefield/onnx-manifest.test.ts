// Manifests and metadata that are wrong: refused by name of file and key, in the inspection and in the run.

import { describe, expect, it } from 'vitest';
import { MdbenchError } from '../../src/errors.js';
import { inspectForceField } from '../../src/forcefield/index.js';
import { bindModel } from '../../src/forcefield/onnx/bind.js';
import { readModel } from '../../src/onnx/index.js';
import { repairSwitches } from '../../src/spec/manifest.js';
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
    ['a repair that there is none of', { mdbench: 1, repair: { scatter: false } }, /`repair/],
    ['a source of forces that is none', { mdbench: 1, forces: 'guess' }, /`forces`/],
    ['a size that is none', { mdbench: 1, static: { atoms: 0 } }, /`static\.atoms`/],
    ['a filling that is none', { mdbench: 1, neighbors: { pad: 'zero' } }, /`neighbors\.pad`/],
    [
      'a layout that is none',
      { mdbench: 1, outputs: { energy: { role: 'stress', layout: 'rows' } } },
      /`outputs\.energy/,
    ],
    ['a unit of force that is none', { mdbench: 1, units: { force: 'N' } }, /"N"; expected energy\/length/],
  ])('%s', async (_, manifest, message) => {
    const { refusal } = await inspect(model, manifest);
    expect(refusal?.code).toBe('manifest-invalid');
    expect(refusal?.message).toMatch(message);
  });

  it.each([
    [
      'a list of neighbors that no input takes',
      { neighbors: { kind: 'padded' } },
      /is padded, but no input is a neighbor/,
    ],
    [
      'ghosts that no input takes',
      { neighbors: { kind: 'ghosts' } },
      /is ghosts, but no input is the positions/,
    ],
    ['half a list of nothing', { neighbors: { kind: 'half' } }, /is half, but no input takes neighbors/],
  ])('%s', async (_, manifest, message) => {
    const { refusal } = await inspect(model, { mdbench: 1, ...manifest });
    expect(refusal?.code).toBe('unbindable-inputs');
    expect(refusal?.message).toMatch(message);
  });

  it('a species for padding atoms that the model does not know', async () => {
    const bytes = modelWithTensors([
      { ...positions, dims: [8, 3] },
      { ...numbers, dims: [8] },
    ]);
    const known = { kind: 'number', elements: ['H', 'O'] };
    const { refusal } = await inspect(bytes, { mdbench: 1, species: known, static: { pad: 'Xe' } });
    expect(refusal?.message).toMatch(/`static\.pad` is "Xe", which the model has no species for/);
    const other = (await inspect(bytes, { mdbench: 1, static: { atoms: 9, pad: 'H' } })).refusal;
    expect(other?.message).toMatch(/`static\.atoms` is 9, but the file fixes 8/);
  });

  it('no JSON', async () => {
    const { refusal } = await inspect(model, '{ mdbench: 1 }');
    expect(refusal?.message).toMatch(/\.mdbench\.json is not valid: it is not JSON/);
  });

  it('metadata are held to the same rules', async () => {
    const bytes = modelWithTensors([positions, numbers], undefined, {
      'mdbench.units.length': 'furlong',
    });
    expect((await inspect(bytes)).refusal?.message).toMatch(
      /metadata \(mdbench\.\*\) are not valid.*units\.length/,
    );
  });

  it('fails the run as it fails the inspection', async () => {
    const path = folder.write('wrong.onnx', model);
    folder.write('wrong.onnx.mdbench.json', { mdbench: 2 });
    await expect(evaluateFile(path, openMolecule())).rejects.toThrow(MdbenchError);
  });
});

describe('what holds', () => {
  it('every field of a manifest is understood', async () => {
    const model = modelWithTensors([positions, numbers]);
    const { binding, refusal, forces } = await inspect(model, {
      mdbench: 1,
      units: { length: 'angstrom', energy: 'eV', force: 'eV/angstrom' },
      cutoff: 5,
      species: { kind: 'number', elements: ['H', 'C', 'O'] },
      neighbors: { kind: 'none', skin: 0.5 },
      pbc: 'none',
      inputs: { z: { role: 'species' }, positions: 'positions' },
      outputs: { energy: { role: 'energy', sign: -1 }, forces: { role: 'forces', sign: -1 } },
      energy: 'mean-per-atom',
      forces: 'finite-difference',
      precision: 'f64',
      static: { atoms: null, edges: null, pad: true },
      repair: Object.fromEntries(Object.keys(repairSwitches).map((name) => [name, false])),
      reference: { system: 'ref.xyz', energy: -46.610722, forces: 'ref.forces' },
    });
    expect(refusal).toBeNull();
    expect(forces).toBe('finite-difference');
    expect(binding).toMatchObject({ energy: 'mean-per-atom', neighbors: { skin: 0.5 }, assumed: [] });
    expect(binding?.outputs.map(({ sign }) => sign)).toEqual([-1, -1]);
  });

  it('a flag wins over the manifest, and says so', () => {
    const { summary } = readModel(modelWithTensors([positions, numbers]), 'flags.onnx');
    const manifest = { mdbench: 1 as const, cutoff: 5, inputs: { z: 'species' as const } };
    const flags = { mdbench: 1 as const, cutoff: 6, units: { energy: 'hartree' as const } };
    const { cutoff, inputs, units, assumed } = bindModel(summary, manifest, 'flags.onnx', { flags });
    expect(cutoff).toEqual({ value: 6, source: 'flag' });
    expect(units.energy).toBe('hartree');
    expect(assumed).not.toContain('units.energy=hartree');
    expect(inputs.map(({ source }) => source)).toEqual(['signature', 'manifest']);
  });
});

function inspect(bytes: Uint8Array, manifest?: object | string) {
  const name = `model${files++}.onnx`;
  if (manifest !== undefined) folder.write(`${name}.mdbench.json`, manifest);
  return inspectForceField(folder.write(name, bytes));
}
