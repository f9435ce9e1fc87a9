// Systems that a model cannot take are refused before the first call, by code and in words.

import { describe, expect, it } from 'vitest';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { createSystem, type System } from '../../src/system/index.js';
import { maceModel, openmmModel, zposModel } from '../support/onnx-models.js';
import { modelFolder, openMolecule, skewedCell } from '../support/onnx-run.js';
import { cutoff } from '../support/pair-potential.js';

const folder = modelFolder();
const cubic = (edge: number): System =>
  createSystem({
    name: 'cubic',
    numbers: [18, 18],
    positions: [0, 0, 0, 3, 0, 0],
    cell: [edge, 0, 0, 0, edge, 0, 0, 0, edge],
    pbc: [true, true, true],
  });

describe('elements', () => {
  it('that the list of a one-hot model lacks are named', async () => {
    const path = folder.write(
      'mace.onnx',
      maceModel({ metadata: { atomic_numbers: '1 6 8', r_max: `${cutoff}` } }),
    );
    await expect(prepare(path, cubic(20))).rejects.toMatchObject({
      code: 'unknown-element',
      message: 'mace does not know Ar; it knows H, C, O.',
    });
  });

  it('that a manifest does not list are named', async () => {
    const path = folder.write('zpos.onnx', zposModel());
    folder.write('zpos.onnx.mdbench.json', {
      mdbench: 1,
      species: { kind: 'number', elements: ['Si', 'H'] },
    });
    await expect(prepare(path, openMolecule())).rejects.toMatchObject({
      code: 'unknown-element',
      message: 'zpos does not know O, C; it knows Si, H.',
    });
  });
});

describe('boundaries', () => {
  it('a model without shifts and cell is for open systems only', async () => {
    const path = folder.write('open.onnx', zposModel());
    await expect(prepare(path, skewedCell())).rejects.toMatchObject({
      code: 'open-boundaries-only',
      message: expect.stringMatching(/open cannot run skewed, which is periodic/),
    });
    await expect(prepare(path, openMolecule())).resolves.toBeUndefined();
  });

  it('a model with minimum images wants twice its cutoff', async () => {
    const path = folder.write(
      'images.onnx',
      openmmModel({ metadata: { 'mdbench.cutoff': '0.4', 'mdbench.units.length': 'nm' } }),
    );
    await expect(prepare(path, cubic(7.9))).rejects.toMatchObject({
      code: 'cell-too-small',
      message: expect.stringMatching(/at least 8 Å between faces, cubic has 7\.900 Å/),
    });
    await expect(prepare(path, cubic(8.1))).resolves.toBeUndefined();
  });

  it('a cell that shrinks below that on the way ends the run instead of dropping neighbors', async () => {
    const path = folder.write(
      'shrinks.onnx',
      openmmModel({ metadata: { 'mdbench.cutoff': '0.4', 'mdbench.units.length': 'nm' } }),
    );
    const forceField = await createForceField({ name: path, provider: 'cpu', threads: 1 });
    const output = createForceOutput(2);
    await forceField.prepare(cubic(8.1));
    expect(() => forceField.compute(cubic(8.1), null, output)).not.toThrow();
    expect(() => forceField.compute(cubic(7.9), null, output)).toThrow(/at least 8 Å between faces/);
    await forceField.dispose();
  });

  it('a model for orthorhombic cells refuses a skewed one', async () => {
    const path = folder.write('ortho.onnx', openmmModel({ metadata: { 'mdbench.pbc': 'orthorhombic' } }));
    await expect(prepare(path, skewedCell())).rejects.toMatchObject({ code: 'structure-invalid' });
  });

  it('an OpenMM model takes cells as OpenMM turns them, unless it says that it takes any', async () => {
    const leaning = (k: number): System => {
      const system = cubic(20);
      system.cell[k] = 2;
      return system;
    };
    const model = (metadata = {}) => openmmModel({ metadata: { 'mdbench.cutoff': '0.4', ...metadata } });
    const path = folder.write('openmm.onnx', model());
    for (const k of [3, 6, 7]) await expect(prepare(path, leaning(k))).resolves.toBeUndefined();
    for (const k of [1, 2, 5])
      await expect(prepare(path, leaning(k))).rejects.toMatchObject({
        code: 'structure-invalid',
        message: expect.stringMatching(/first vector lies along x .* the cell of cubic does not/),
      });
    const any = folder.write('any.onnx', model({ 'mdbench.pbc': 'triclinic' }));
    await expect(prepare(any, leaning(1))).resolves.toBeUndefined();
  });
});

describe('sizes', () => {
  it('a model traced for a number of atoms takes no other', async () => {
    const path = folder.write('traced.onnx', zposModel({ atoms: 10 }));
    await expect(prepare(path, openMolecule())).rejects.toMatchObject({
      code: 'unbindable-inputs',
      message: expect.stringMatching(/exported for 10 atoms .*; open has 5/),
    });
    const five = folder.write('five.onnx', zposModel({ atoms: 5 }));
    await expect(prepare(five, openMolecule())).resolves.toBeUndefined();
  });
});

async function prepare(path: string, system: System): Promise<void> {
  const forceField = await createForceField({ name: path, provider: 'cpu', threads: 1 });
  try {
    await forceField.prepare(system);
  } finally {
    await forceField.dispose();
  }
}
