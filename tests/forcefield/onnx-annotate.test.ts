// A file that was annotated binds as before without any manifest, with nothing assumed and every source its metadata;
// nothing but its metadata differs.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { annotateForceField } from '../../src/forcefield/index.js';
import type { Binding } from '../../src/forcefield/onnx/binding.js';
import { copied } from '../../src/onnx/copy.js';
import { readModelFile } from '../../src/onnx/index.js';
import { ModelProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { conventionModel } from '../support/onnx-conventions.js';
import {
  deepmdGhostModel,
  fixedSizesModel,
  givenEdgesModel,
  kimModel,
  matrixModel,
} from '../support/onnx-forms.js';
import { bindFile, runBound } from '../support/onnx-front.js';
import { createGraph } from '../support/onnx-graph.js';
import { maceModel, nequipModel, openmmModel, schnetModel, zposModel } from '../support/onnx-models.js';
import { modelFolder, openMolecule, skewedCell } from '../support/onnx-run.js';
import { cutoff, pairTruth } from '../support/pair-potential.js';

const folder = modelFolder();
const hco = { kind: 'index', elements: ['H', 'C', 'O'] };
const models: Readonly<Record<string, readonly [Uint8Array, object?]>> = {
  schnet: [schnetModel(), { cutoff }],
  mace: [maceModel({ output: 'gradient' }), { cutoff, species: { ...hco, kind: 'onehot' } }],
  nequip: [nequipModel(), { cutoff, species: hco, neighbors: { skin: 0.4 } }],
  zpos: [zposModel()],
  openmm: [openmmModel(), { cutoff: 0.4, species: { kind: 'number', elements: ['Ar'] } }],
  'units of force': [zposModel(), { units: { length: 2.5, energy: 'kcal/mol', force: 'kcal/mol/nm' } }],
  'unit of stress': [nequipModel(), { cutoff, species: hco, units: { stress: 'GPa' } }],
  vectors: [givenEdgesModel('vectors')],
  distances: [givenEdgesModel('distances', { ends: true })],
  aimnet: [matrixModel({ shifts: 'integer' })],
  'mask and width': [
    matrixModel({ names: ['x', 'z', 'nlist'], empty: 'mask', width: 30 }),
    { neighbors: { pad: 'self' } },
  ],
  kim: [kimModel({ forces: true })],
  deepmd: [deepmdGhostModel([1, 2, 3]), { species: hco }],
  'fixed sizes': [fixedSizesModel({ atoms: 9, edges: 300 }), { static: { pad: 'H' } }],
  'fixed edges': [fixedSizesModel({ edges: 300 }), { static: { pad: true } }],
  conventions: [
    conventionModel({ metadata: {}, voigt: true }),
    {
      cutoff,
      species: hco,
      neighbors: { kind: 'half', center: 'second' },
      inputs: { volume: { constant: 150 } },
      outputs: { stress: { role: 'stress', sign: -1, layout: 'lammps' } },
    },
  ],
};

describe('the round trip', () => {
  it.each(Object.keys(models))('%s', async (name) => {
    const [bytes, manifest] = models[name]!;
    const path = folder.write(`${name}.onnx`, bytes);
    if (manifest) folder.write(`${name}.onnx.mdbench.json`, { mdbench: 1, ...manifest });
    const before = bindFile(path);
    const { path: written, binding } = await annotateForceField(
      path,
      `${folder.path}/${name} annotated.onnx`,
    );
    const after = bindFile(written);
    expect(after.binding).toEqual(binding);
    expect(binding.assumed).toEqual([]);
    const sources = [...binding.inputs, ...binding.outputs].map(({ source }) => source);
    expect(new Set(sources)).toEqual(new Set(['metadata']));
    expect(binding.cutoff?.source ?? 'metadata').toBe('metadata');
    expect(meaning(binding)).toEqual(meaning(before.binding));
    expect(withoutMetadata(written)).toEqual(withoutMetadata(path));
  });

  it('keeps the energy, and the title and keys of others', async () => {
    const metadata = { 'mdbench.title': 'My model', author: 'somebody', 'mdbench.units.energy': 'eV' };
    const path = folder.write('titled.onnx', givenEdgesModel('distances', { metadata }));
    const { path: written } = await annotateForceField(path, `${folder.path}/titled-too.onnx`);
    expect(readModelFile(written).summary.metadata).toMatchObject({ ...metadata, 'mdbench.version': '1' });
    expect(runBound(written, skewedCell()).energy(skewedCell())).toBeCloseTo(
      pairTruth(skewedCell()).energy,
      10,
    );
  });

  it('keeps a charge that is declared, and names the one that was assumed', async () => {
    const model = () => {
      const g = createGraph();
      const x = g.input('positions', 'float64', ['n', 3]);
      g.input('z', 'int64', ['n']);
      g.input('spin', 'int64', [1]);
      const charge = g.input('charge', 'float64', [1]);
      g.output('energy', g.op('Add', [g.op('ReduceSum', [x], { keepdims: 0 }), charge]), 'float64', [1]);
      return g.model();
    };
    const path = folder.write('charged.onnx', model());
    folder.write('charged.onnx.mdbench.json', {
      mdbench: 1,
      inputs: { charge: { role: 'charge', value: -2 } },
    });
    expect(bindFile(path).binding.assumed).toContain('spin=1');
    expect(bindFile(path).binding.assumed).not.toContain('charge=0');
    const { binding } = await annotateForceField(path, `${folder.path}/charged-too.onnx`);
    expect(binding.inputs.map(({ value }) => value)).toEqual([undefined, undefined, 1, -2]);
    const sum = openMolecule().positions.reduce((total, value) => total + value, 0);
    expect(runBound(`${folder.path}/charged-too.onnx`, openMolecule()).energy(openMolecule())).toBeCloseTo(
      sum - 2,
      10,
    );
  });
});

describe('refusals', () => {
  it('the file itself is never written, by whatever path', async () => {
    const path = folder.write('same.onnx', zposModel());
    const before = readFileSync(path);
    for (const to of [path, `${folder.path}/./same.onnx`]) {
      await expect(annotateForceField(path, to)).rejects.toThrow(
        expect.objectContaining({
          code: 'output-not-writable',
          message: expect.stringContaining('stays as it is'),
        }),
      );
    }
    expect(readFileSync(path)).toEqual(before);
  });

  it('what cannot be bound is not written', async () => {
    const path = folder.write('unbound.onnx', nequipModel());
    await expect(annotateForceField(path, `${folder.path}/bound.onnx`)).rejects.toThrow(
      expect.objectContaining({ code: 'unbindable-inputs' }),
    );
    expect(() => readModelFile(`${folder.path}/bound.onnx`)).toThrow(/does not exist/);
  });

  it('a folder that is not there, and a manifest that would overrule the copy', async () => {
    const path = folder.write('fine.onnx', zposModel());
    await expect(annotateForceField(path, `${folder.path}/nowhere/out.onnx`)).rejects.toThrow(
      expect.objectContaining({ code: 'output-not-writable' }),
    );
    folder.write('overruled.onnx.mdbench.json', { mdbench: 1 });
    await expect(annotateForceField(path, `${folder.path}/overruled.onnx`)).rejects.toThrow(
      /would overrule it/,
    );
  });

  it('weights in other files keep a copy in their folder', async () => {
    const path = folder.write('weights.onnx', zposModel({ external: 'weights.bin' }));
    folder.write('weights.bin', new Uint8Array(4096));
    mkdirSync(join(folder.path, 'elsewhere'));
    await expect(annotateForceField(path, `${folder.path}/elsewhere/out.onnx`)).rejects.toThrow(
      /in files beside it/,
    );
  });

  it('built-ins have no file', async () => {
    await expect(annotateForceField('lennard-jones', `${folder.path}/lj.onnx`)).rejects.toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

/** A binding without where it is known from. */
function meaning({ inputs, outputs, cutoff: found, ...rest }: Binding) {
  const plain = ({ source: _, ...tensor }: { readonly source: string }) => tensor;
  const defaults: Readonly<Record<string, number>> = { charge: 0, spin: 1, head: 0 };
  const valued = inputs.map((input) =>
    input.role in defaults ? { ...input, value: input.value ?? defaults[input.role]! } : input,
  );
  return {
    ...rest,
    assumed: [],
    inputs: valued.map(plain),
    outputs: outputs.map(plain),
    cutoff: found && Number(found.value.toPrecision(12)),
  };
}

function withoutMetadata(path: string): Uint8Array {
  return toBinary(ModelProtoSchema, copied(readModelFile(path).proto, { metadataProps: [] }));
}
