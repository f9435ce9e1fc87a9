import { expect, it } from 'vitest';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';

it('passes in single precision, for the atoms of a crystal in the open', async () => {
  expect(await examined('torque', named('silicon-student'))).toMatchObject({ status: 'pass' });
});

it('finds forces that turn the system and do not push it', async () => {
  const twisted = faulty({
    after: ({ forces }) => {
      forces[0] += 1e-7;
      forces[3 * 15] -= 1e-7;
    },
  });
  expect(
    await examined(
      'net-force',
      made(() => twisted),
    ),
  ).toMatchObject({ status: 'pass' });
  expect(
    await examined(
      'torque',
      made(() => twisted),
    ),
  ).toMatchObject({ status: 'fail', unit: 'eV' });
});
