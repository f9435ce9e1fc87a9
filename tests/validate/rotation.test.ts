import { expect, it } from 'vitest';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';
import { openmmModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';

const folder = modelFolder();

it('passes in single precision by less than a tenth of what is allowed', async () => {
  const found = await examined('rotation', named('silicon-student'));
  expect(found.status).toBe('pass');
  expect(found.value! / found.tolerance!).toBeLessThan(0.1);
});

it('finds an axis that is preferred by one part in a million', async () => {
  const forceField = faulty({
    seen: (system) => ({
      ...system,
      positions: system.positions.map((x, k) => (k % 3 === 0 ? x * (1 + 1e-6) : x)),
      cell: system.cell.map((x, k) => (k % 3 === 0 ? x * (1 + 1e-6) : x)),
    }),
  });
  expect(
    await examined(
      'rotation',
      made(() => forceField),
    ),
  ).toMatchObject({ status: 'fail' });
});

it('finds forces that do not turn along', async () => {
  const forceField = faulty({
    after: ({ forces }) => {
      forces.forEach((force, k) => {
        if (k % 3 === 2) forces[k] = force * (1 + 1e-7);
      });
    },
  });
  expect(
    await examined(
      'rotation',
      made(() => forceField),
    ),
  ).toMatchObject({ status: 'fail', unit: 'eV/Å' });
});

it('turns from axis to axis what takes no other cells, and finds the file that says it takes any', async () => {
  const inNanometers = { 'mdbench.cutoff': '0.4', 'mdbench.units.length': 'nm' };
  const model = (metadata: Record<string, string>) =>
    openmmModel({ type: 'float64', metadata: { ...inNanometers, ...metadata } });
  const says = folder.write('says.onnx', model({ 'mdbench.pbc': 'orthorhombic' }));
  const boasts = folder.write('boasts.onnx', model({ 'mdbench.pbc': 'triclinic' }));
  expect(await examined('rotation', named(says))).toMatchObject({
    status: 'pass',
    values: { alongAxes: true },
  });
  expect(await examined('rotation', named(boasts))).toMatchObject({ status: 'fail' });
});
