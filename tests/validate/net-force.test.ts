import { expect, it } from 'vitest';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';

it('passes in single precision', async () => {
  expect(await examined('net-force', named('silicon-teacher'))).toMatchObject({ status: 'pass' });
});

it('finds a system that pushes itself, in double by next to nothing', async () => {
  const forceField = faulty({
    after: ({ forces }) => {
      forces[7] += 1e-8;
    },
  });
  const found = await examined(
    'net-force',
    made(() => forceField),
  );
  expect(found.status).toBe('fail');
  expect(found.value).toBeCloseTo(1e-8, 12);
});

it('finds forces in single precision that a direct model leaves over', async () => {
  const forceField = faulty({
    description: { precision: 'float32' },
    after: ({ forces }) => {
      for (let k = 0; k < forces.length; k += 3) forces[k] += 2e-4;
    },
  });
  expect(
    await examined(
      'net-force',
      made(() => forceField),
    ),
  ).toMatchObject({ status: 'fail' });
});
