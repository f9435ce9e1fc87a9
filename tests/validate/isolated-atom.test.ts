import { expect, it } from 'vitest';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';

it('passes a model that takes an empty list', async () => {
  expect(await examined('isolated-atom', named('silicon-teacher'))).toMatchObject({
    status: 'pass',
    value: 0,
  });
});

it('finds an energy that is not finite, and a force from nothing', async () => {
  const nan = faulty({
    after: (output, { numbers }) => {
      if (numbers.length === 1) output.energy = Number.NaN;
    },
  });
  const push = faulty({
    after: ({ forces }, { numbers }) => {
      if (numbers.length === 1) forces[2] = 1e-9;
    },
  });
  expect(
    await examined(
      'isolated-atom',
      made(() => nan),
    ),
  ).toMatchObject({ status: 'fail', value: null });
  expect(
    await examined(
      'isolated-atom',
      made(() => push),
    ),
  ).toMatchObject({ status: 'fail', value: 1e-9 });
});
