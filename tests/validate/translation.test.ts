import { expect, it } from 'vitest';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';

it('passes in single precision by less than a tenth of what is allowed', async () => {
  const found = await examined('translation', named('silicon-student'));
  expect(found.status).toBe('pass');
  expect(found.value! / found.tolerance!).toBeLessThan(0.1);
});

it('finds a field in space, of energy or of force', async () => {
  const ofEnergy = faulty({
    after: (output, { positions }) => {
      output.energy += 1e-9 * positions[0];
    },
  });
  const ofForces = faulty({
    after: ({ forces }, { positions }) => {
      forces[0] += 1e-8 * positions[0];
    },
  });
  expect(
    await examined(
      'translation',
      made(() => ofEnergy),
    ),
  ).toMatchObject({ status: 'fail', unit: 'eV' });
  expect(
    await examined(
      'translation',
      made(() => ofForces),
    ),
  ).toMatchObject({ status: 'fail', unit: 'eV/Å' });
});

it('fails on what is not a number', async () => {
  let calls = 0;
  const forceField = faulty({
    after: (output) => {
      calls += 1;
      if (calls > 2) output.energy = Number.NaN;
    },
  });
  const found = await examined(
    'translation',
    made(() => forceField),
  );
  expect(found).toMatchObject({ status: 'fail', value: null, values: { finite: false } });
});
