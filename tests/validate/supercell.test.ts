import { expect, it } from 'vitest';
import { buildSystem } from '../../src/system/index.js';
import { faulty } from '../support/broken-force-fields.js';
import { examined, examinedAll, made, named } from '../support/examined.js';
import { zposModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

it('passes for cells side by side and for copies far apart', async () => {
  expect(await examined('supercell', named('silicon-student'))).toMatchObject({
    status: 'pass',
    values: { copies: 'cells' },
  });
  const path = folder.write('open.onnx', zposModel({ type: 'float64' }));
  expect(await examined('supercell', named(path), buildSystem('water'))).toMatchObject({
    status: 'pass',
    values: { copies: 'apart' },
  });
});

it('finds an energy that is not extensive by a part in ten million', async () => {
  const forceField = faulty({
    after: (output, { numbers }) => {
      output.energy *= 1 + 1e-7 * Math.log(numbers.length);
    },
  });
  expect(
    await examined(
      'supercell',
      made(() => forceField),
    ),
  ).toMatchObject({ status: 'fail', unit: 'eV' });
});

it('is skipped, and not passed, for a file of one size', async () => {
  const path = folder.write('nine.onnx', zposModel({ atoms: 9 }));
  const found = await examinedAll(named(path), { ids: ['supercell', 'isolated-atom', 'gradient'] });
  expect(found.map(({ id, status, values }) => [id, status, values.reason])).toEqual([
    ['supercell', 'skipped', 'fixed-atoms'],
    ['gradient', 'pass', undefined],
    ['isolated-atom', 'skipped', 'fixed-atoms'],
  ]);
});
