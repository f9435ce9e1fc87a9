// The catalogue of force fields: every name leads to a force field, and no name is guessed.

import { describe, expect, it } from 'vitest';
import {
  createForceField,
  forceFieldId,
  inspectForceField,
  listForceFields,
  modelFile,
} from '../../src/forcefield/index.js';
import { zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';
import { thrownBy } from '../support/thrown.js';

const folder = modelFolder();

describe('createForceField', () => {
  it('makes everything that the list names', async () => {
    const names = listForceFields().map((entry) => entry.name);
    expect(names).toEqual(expect.arrayContaining(['lennard-jones', 'stillinger-weber', 'null']));
    for (const name of names) {
      const forceField = await createForceField({ name, provider: 'cpu', threads: 1 });
      expect(forceField.description.id).toBe(name);
      await forceField.dispose();
    }
  });

  it('takes the path of a model file', async () => {
    const path = folder.write('My_Model v2.onnx', zposModel());
    const forceField = await createForceField({ name: path, provider: 'cpu', threads: 1 });
    expect(forceField.description).toMatchObject({ id: 'my-model-v2', kind: 'onnx' });
    await forceField.dispose();
  });

  it('names what there is when a name is neither', () => {
    folder.write('student.onnx', zposModel());
    folder.write('other.onnx', zposModel());
    const error = thrownBy(() => modelFile(`${folder.path}/studnet.onnx`));
    expect(error.code).toBe('file-not-found');
    expect(error.message).toMatch(/neither a file nor one of lennard-jones, .*stillinger-weber/);
    expect(error.hint).toContain('student.onnx');
    expect(error.hint).not.toContain('other.onnx');
    expect(thrownBy(() => modelFile('constructor')).code).toBe('file-not-found');
    expect(thrownBy(() => modelFile('lennard')).hint).toMatch(/one of these names/);
  });
});

describe('inspectForceField', () => {
  it('has nothing to say of a built-in', async () => {
    expect((await inspectForceField('lennard-jones').catch((error) => error)).code).toBe('usage');
  });

  it('is plain data', async () => {
    const inspection = await inspectForceField(folder.write('plain.onnx', zposModel()));
    expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection);
    expect(inspection.runs).toEqual({ dynamics: true, periodic: false });
  });
});

describe('forceFieldId', () => {
  it.each([
    ['lennard-jones', 'lennard-jones'],
    ['models/MACE_MP-0 (small).onnx', 'mace-mp-0-small'],
    ['/a/b/v1.2.ONNX', 'v1.2'],
    ['.onnx', 'force-field'],
    ['---', 'force-field'],
  ])('%s → %s', (name, id) => {
    expect(forceFieldId(name)).toBe(id);
    expect(id).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
  });
});
