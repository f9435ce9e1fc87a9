import { expect, it } from 'vitest';
import { buildSystem } from '../../src/system/index.js';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';
import { openmmModel, schnetModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

it('passes where an image is as good as another', async () => {
  expect(await examined('periodic-images', named('silicon-student'))).toMatchObject({ status: 'pass' });
});

it('finds a model that is told its shifts the wrong way round', async () => {
  const names = ['_atomic_numbers', '_positions', '_idx_j', '_idx_i', '_offsets'];
  const metadata = { 'mdbench.cutoff': '4' };
  const path = folder.write('reversed.onnx', schnetModel({ type: 'float64', metadata, inputNames: names }));
  expect(await examined('periodic-images', named(path))).toMatchObject({ status: 'fail' });
});

it('finds a search along the axes in a cell that leans, unless the file takes no such cell', async () => {
  const inNanometers = { 'mdbench.cutoff': '0.4', 'mdbench.units.length': 'nm' };
  const model = (metadata: Record<string, string>) =>
    openmmModel({ type: 'float64', metadata: { ...inNanometers, ...metadata } });
  const silent = folder.write('silent.onnx', model({}));
  expect(await examined('periodic-images', named(silent))).toMatchObject({
    status: 'fail',
    values: { leaning: true },
  });
  const says = folder.write('says.onnx', model({ 'mdbench.pbc': 'orthorhombic' }));
  expect(await examined('periodic-images', named(says))).toMatchObject({ status: 'pass' });
});

it('finds a term of the place in the cell', async () => {
  const forceField = faulty({
    after: (output, { positions, cell }) => {
      output.energy += 1e-8 * Math.floor(positions[0] / cell[0]);
    },
  });
  expect(
    await examined(
      'periodic-images',
      made(() => forceField),
    ),
  ).toMatchObject({ status: 'fail' });
});

it('is skipped for a system in the open', async () => {
  const path = folder.write('edges.onnx', schnetModel({ metadata: { 'mdbench.cutoff': '4' } }));
  expect(await examined('periodic-images', named(path), buildSystem('water'))).toMatchObject({
    status: 'skipped',
    values: { reason: 'not-periodic' },
  });
});
