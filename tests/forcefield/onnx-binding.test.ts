// Binding: which source decides, what has to be declared, and that the manifest which an error prints does work.

import { describe, expect, it } from 'vitest';
import { createForceField, inspectForceField } from '../../src/forcefield/index.js';
import { modelWithTensors, type NamedTensor } from '../support/onnx-broken.js';
import { fixedSizesModel } from '../support/onnx-forms.js';
import { nequipModel, schnetModel, zposModel } from '../support/onnx-models.js';
import { evaluateFile, modelFolder, openMolecule, skewedCell } from '../support/onnx-run.js';
import { cutoff, pairTruth } from '../support/pair-potential.js';

const folder = modelFolder();
const vectors = (name: string): NamedTensor => ({ name, type: 'float32', dims: ['n', 3] });
const integers = (name: string): NamedTensor => ({ name, type: 'int64', dims: ['n'] });
const pairs: NamedTensor = { name: 'edge_index', type: 'int64', dims: [2, 'e'] };
let files = 0;

describe('sources', () => {
  it('declared metadata need no assumption', async () => {
    const { binding } = await inspect(
      modelWithTensors([vectors('positions'), integers('atomic_numbers')], undefined, {
        'mdbench.units.length': 'bohr',
        'mdbench.units.energy': 'Hartree',
        'mdbench.species': 'Z:Si,C',
        'mdbench.cutoff': '5',
      }),
    );
    expect(binding?.units).toMatchObject({ length: 'bohr', energy: 'hartree' });
    expect(binding?.cutoff).toEqual({ value: 5 * 0.529177210903, source: 'metadata' });
    expect(binding?.species).toEqual({ kind: 'number', elements: [14, 6] });
    expect(binding?.assumed).toEqual([]);
  });

  it('metadata roles, names and shapes bind what no signature knows', async () => {
    const inputs: NamedTensor[] = [
      vectors('q7'),
      integers('kinds'),
      pairs,
      { ...vectors('offsets'), dims: ['e', 3] },
    ];
    const { binding } = await inspect(
      modelWithTensors(
        inputs,
        { energy: 'etot', forces: 'dEdR' },
        {
          'mdbench.roles': '{"kinds": "species"}',
          'mdbench.species': 'H,Si',
          'mdbench.cutoff': '3',
        },
      ),
    );
    expect(binding?.inputs.map(({ role, source }) => `${role} ${source}`)).toEqual([
      'positions shape',
      'species metadata',
      'edges name',
      'shifts name',
    ]);
    expect(binding?.outputs.map(({ role, source, sign }) => `${role} ${source} ${sign}`)).toEqual([
      'energy name 1',
      'forces name -1',
    ]);
    expect(binding?.signature).toBeNull();
    expect(binding?.assumed).toContain('neighbors.shifts=cartesian');
  });

  it('the manifest wins over metadata', async () => {
    const bytes = modelWithTensors([vectors('positions'), integers('z')], undefined, {
      'mdbench.units.energy': 'hartree',
    });
    const { binding, manifest } = await inspect(bytes, { mdbench: 1, units: { energy: 'kcal/mol' } });
    expect(binding?.units.energyScale).toBeCloseTo(0.0433641042418009, 14);
    expect(manifest).toMatch(/\.onnx\.mdbench\.json$/);
  });

  it('a manifest without the ending .onnx is found too', async () => {
    folder.write('plain.onnx', modelWithTensors([vectors('x'), integers('types')]));
    folder.write('plain.mdbench.json', { mdbench: 1, species: { kind: 'index', elements: ['Si'] } });
    expect((await inspectForceField(`${folder.path}/plain.onnx`)).binding?.species).toEqual({
      kind: 'index',
      elements: [14],
    });
  });

  it('forces by shape are an assumption', async () => {
    const inputs = [vectors('positions'), integers('z')];
    const { binding } = await inspect(modelWithTensors(inputs, { energy: 'energy', forces: 'out1' }));
    expect(binding?.outputs[1]).toMatchObject({ tensor: 'out1', role: 'forces', source: 'shape' });
    expect(binding?.assumed).toContain('output.forces=out1');
  });
});

describe('units', () => {
  it.each([
    [{ length: 'nm', energy: 'kJ/mol' }, 10, 0.01036426965626804],
    [{ length: 'bohr', energy: 'rydberg' }, 0.529177210903, 13.605693122994],
    [{ length: 2, energy: 3 }, 2, 3],
  ])('%o are turned into Å and eV', async (units, length, energy) => {
    const path = folder.write(`units${files++}.onnx`, zposModel({ type: 'float64' }));
    folder.write(`units${files - 1}.onnx.mdbench.json`, { mdbench: 1, units });
    const system = openMolecule();
    const { output } = await evaluateFile(path, {
      ...system,
      positions: system.positions.map((x) => x * length),
    });
    const truth = pairTruth(system);
    expect(output.energy / truth.energy / energy).toBeCloseTo(1, 11);
    expect((output.forces[0] / truth.forces[0]) * (length / energy)).toBeCloseTo(1, 11);
  });

  it('forces may have a unit of their own', async () => {
    const path = folder.write('force-unit.onnx', zposModel({ type: 'float64' }));
    folder.write('force-unit.onnx.mdbench.json', {
      mdbench: 1,
      units: { energy: 'hartree', force: 'kcal/mol/nm' },
    });
    const { output } = await evaluateFile(path, openMolecule());
    expect(output.forces[0] / pairTruth(openMolecule()).forces[0]).toBeCloseTo(0.00433641042418009, 12);
  });
});

describe('what has to be declared', () => {
  it('how species are written is in the manifest where the names of the inputs say it', async () => {
    const path = folder.write('elements-unknown.onnx', nequipModel());
    const text = (await inspectForceField(path)).refusal!.hint!;
    const { species } = JSON.parse(text.slice(text.indexOf('{'), text.indexOf('\nRoles')));
    expect(species).toEqual({ kind: 'index', elements: expect.arrayContaining(['']) });
  });

  it('a manifest printed with blanks works once they are filled', async () => {
    const path = folder.write(
      'renamed.onnx',
      schnetModel({ type: 'float64', inputNames: ['a0', 'a1', 'a2', 'a3', 'a4'] }),
    );
    const refusal = (await inspectForceField(path)).refusal!;
    expect(refusal.code).toBe('unbindable-inputs');
    expect(refusal.message).toMatch(
      /`a1` and `a4` could each be the positions.*`a2` int64 \[e\] is not known/,
    );
    const text = refusal.hint!;
    const manifest = JSON.parse(text.slice(text.indexOf('{'), text.indexOf('\nRoles')));
    expect(manifest).toMatchObject({
      cutoff: null,
      species: { kind: '' },
      inputs: { a1: '', a3: '', a4: '' },
    });
    manifest.cutoff = cutoff;
    manifest.inputs = {
      a0: 'species',
      a1: 'positions',
      a2: 'edge-centers',
      a3: 'edge-neighbors',
      a4: 'shifts',
    };
    manifest.species = { kind: 'number' };
    manifest.outputs = { energy: 'energy', forces: 'forces', virial: 'virial' };
    folder.write('renamed.onnx.mdbench.json', manifest);
    const { output } = await evaluateFile(path, skewedCell());
    expect(output.energy).toBeCloseTo(pairTruth(skewedCell()).energy, 12);
    expect(output.virial[1]).toBeCloseTo(pairTruth(skewedCell()).virial[1], 12);
  });

  it.each([
    [
      'two candidates for the positions',
      [vectors('pos'), vectors('coords'), integers('z')],
      /`pos` and `coords` could each be the positions/,
    ],
    [
      'an unknown input',
      [vectors('positions'), integers('z'), { name: 'temperature', type: 'float32', dims: [1] }],
      /`temperature` float32 \[1\] is not known/,
    ],
    [
      'no positions',
      [{ name: 'energy_in', type: 'float32', dims: [1] }, integers('z')],
      /no input is the positions/,
    ],
    [
      'indices without a list',
      [vectors('positions'), integers('types')],
      /how `types` writes the species is not known/,
    ],
    ['edges without a cutoff', [vectors('positions'), integers('z'), pairs], /cutoff is not known/],
    [
      'half of the edges',
      [vectors('positions'), integers('z'), { name: 'idx_i', type: 'int64', dims: ['e'] }],
      /only one of the two ends/,
    ],
    [
      'a padded neighbor matrix',
      [vectors('positions'), integers('numbers'), { name: 'nbmat', type: 'int64', dims: ['n', 'm'] }],
      /what an empty slot of its neighbor matrix holds is not known \(`neighbors.pad`\)/,
    ],
    [
      'a fixed number of edges',
      [vectors('positions'), integers('z'), { name: 'edge_index', type: 'int64', dims: [2, 12] }],
      /`edge_index` fixes the number of edges at 12/,
    ],
    [
      'positions that are no triples',
      [{ name: 'positions', type: 'float32', dims: [1, 7] }, integers('z')],
      /no input is the positions/,
    ],
    [
      'a cell of 27 numbers',
      [vectors('positions'), integers('z'), { name: 'cell', type: 'float32', dims: [3, 3, 3] }],
      /`cell` float32 \[3,3,3\] is not known/,
    ],
    [
      'more atoms than there is memory for',
      [{ name: 'positions', type: 'float32', dims: [2e7, 3] }, integers('z')],
      /`positions` is \[20000000,3\], and 30000000 numbers are the most/,
    ],
    [
      'edge vectors',
      [{ name: 'edge_vectors', type: 'float32', dims: ['e', 3] }, integers('z'), pairs],
      /its cutoff is not known, and its neighbors depend on it/,
    ],
  ] as [string, NamedTensor[], RegExp][])('%s', async (_, inputs, message) => {
    const { refusal } = await inspect(modelWithTensors(inputs));
    expect(refusal?.code).toBe('unbindable-inputs');
    expect(refusal?.message).toMatch(message);
    expect(refusal?.hint).toContain('"mdbench": 1');
  });

  it('a constant fills an input that nothing else can', async () => {
    const inputs = [
      vectors('positions'),
      integers('z'),
      { name: 'temperature', type: 'float32', dims: [1] } as const,
    ];
    const { binding } = await inspect(modelWithTensors(inputs), {
      mdbench: 1,
      inputs: { temperature: { constant: 300 } },
    });
    expect(binding?.signature).toBe('zpos');
    expect(binding?.inputs[2]).toMatchObject({ role: 'constant', source: 'manifest', constant: [300] });
  });

  it('constants that do not fill an input are refused', async () => {
    const extra: NamedTensor = { name: 'extra', type: 'float32', dims: ['k', 2] };
    const { refusal } = await inspect(modelWithTensors([vectors('positions'), integers('z'), extra]), {
      mdbench: 1,
      inputs: { extra: { constant: [1, 2, 3] } },
    });
    expect(refusal).toMatchObject({
      code: 'manifest-invalid',
      message: expect.stringMatching(/3 numbers do not fill `extra` float32 \[k,2\]/),
    });
  });

  it('TorchANI species are never guessed', async () => {
    const inputs: NamedTensor[] = [
      { name: 'species', type: 'int64', dims: ['b', 'n'] },
      { name: 'coordinates', type: 'float32', dims: ['b', 'n', 3] },
    ];
    const { refusal } = await inspect(modelWithTensors(inputs));
    expect(refusal?.hint).toMatch(/"energy": "hartree"/);
    expect(refusal?.message).toMatch(/how `species` writes the species is not known/);
  });

  it('an energy alone is bound, and its own forces are refused with what to do', async () => {
    const bytes = modelWithTensors([vectors('positions'), integers('z')], { energy: 'energy' });
    const { binding, refusal } = await inspect(bytes);
    expect(refusal).toBeNull();
    expect(binding?.outputs.map(({ role }) => role)).toEqual(['energy']);
    const name = folder.write('energy.onnx', bytes);
    const spec = { name, provider: 'cpu', threads: 1, forces: 'model' } as const;
    const error = await createForceField(spec).catch((e) => e);
    expect(error.code).toBe('no-forces-output');
    expect(error.message).toMatch(/gives no forces: its outputs are `energy` float32 \[\]/);
    expect(error.hint).toMatch(/export the model with the forces/);
  });
});

describe('sizes', () => {
  it('a cutoff that no search could reach is refused', async () => {
    const inputs = [vectors('positions'), integers('z'), pairs];
    const { refusal } = await inspect(modelWithTensors(inputs), { mdbench: 1, cutoff: 1e4 });
    expect(refusal?.message).toMatch(/its cutoff is 10000 Å, and 100 Å is the longest/);
  });

  it('a fixed number of atoms that cannot be tried is refused where trying is needed', async () => {
    const inputs: NamedTensor[] = [{ name: 'positions', type: 'float32', dims: [30_000, 3] }, integers('z')];
    const { refusal } = await inspect(modelWithTensors(inputs, { energy: 'energy' }));
    expect(refusal?.message).toMatch(/fixes the number of its atoms at 30000, and it can be tried on 20000/);
  });

  it('fewer rows than a probe has atoms are no obstacle to its forces', async () => {
    const manifest = { mdbench: 1, static: { pad: 'H' }, forces: 'autodiff' };
    const { refusal, changes, runs } = await inspect(fixedSizesModel({ atoms: 9 }), manifest);
    expect(refusal).toBeNull();
    expect(changes.map(({ pass }) => pass)).toContain('differentiate');
    expect(runs.dynamics).toBe(true);
  });
});

function inspect(bytes: Uint8Array, manifest?: object | string) {
  const name = `model${files++}.onnx`;
  if (manifest !== undefined) folder.write(`${name}.mdbench.json`, manifest);
  return inspectForceField(folder.write(name, bytes));
}
