import { expect, it } from 'vitest';
import { createLennardJones } from '../../src/forcefield/index.js';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';
import { maceModel, schnetModel, zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

it('passes where a stranger is refused by name, or by the model', async () => {
  const mace = maceModel({ metadata: { atomic_numbers: '[1, 6, 8]', r_max: '4' } });
  const schnet = schnetModel({ metadata: { 'mdbench.cutoff': '4' } });
  expect(await examined('unknown-element', named(folder.write('mace.onnx', mace)))).toMatchObject({
    status: 'pass',
    values: { kind: 'refused', element: 'Xe', tried: 3 },
  });
  expect(await examined('unknown-element', named(folder.write('schnet.onnx', schnet)))).toMatchObject({
    status: 'pass',
    values: { kind: 'refused-by-model' },
  });
  expect(await examined('unknown-element', named(folder.write('zpos.onnx', zposModel())))).toMatchObject({
    status: 'pass',
  });
});

it('finds a force field that takes what it says it does not know', async () => {
  const careless = () => faulty({ prepare() {} });
  expect(await examined('unknown-element', made(careless))).toMatchObject({
    status: 'fail',
    values: { kind: 'unknown-taken', element: 'Xe', outcome: 'taken' },
  });
});

it('finds an element that it names and cannot take', async () => {
  const boastful = () => faulty({ description: { elements: [1, 6, 14] } });
  expect(await examined('unknown-element', made(boastful))).toMatchObject({
    status: 'fail',
    values: { kind: 'known-refused', element: 'H' },
  });
});

it('warns where nothing is said and anything is taken; fails where that is not even a number', async () => {
  const anything = () => createLennardJones({ elements: null });
  expect(await examined('unknown-element', made(anything))).toMatchObject({
    status: 'warn',
    values: { kind: 'undeclared-taken', element: 'Xe' },
  });
  const garbage = () =>
    faulty(
      {
        after: (output, { numbers }) => {
          if (numbers[0] > 50) output.energy = Number.NaN;
        },
      },
      anything(),
    );
  expect(await examined('unknown-element', made(garbage))).toMatchObject({
    status: 'fail',
    values: { outcome: 'not-finite' },
  });
});
