import { expect, it } from 'vitest';
import { distanceOf, faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';

it('passes what repels, and a hole behind a high wall', async () => {
  expect(await examined('short-distance', named('stillinger-weber'))).toMatchObject({
    status: 'pass',
    value: 0,
  });
  const student = await examined('short-distance', named('silicon-student'));
  expect(student.status).toBe('pass');
  expect(student.values.wall).toBeGreaterThan(10);
});

it('warns of a hole that a hot atom reaches', async () => {
  const hollow = faulty({
    after: (output, system) => {
      if (distanceOf(system) < 1.53) output.energy = -20 + distanceOf(system);
    },
  });
  const found = await examined(
    'short-distance',
    made(() => hollow),
  );
  expect(found).toMatchObject({ status: 'warn', values: { first: 'Si', second: 'Si' } });
  expect(found.value).toBeGreaterThan(1);
});

it('fails where two close atoms have no finite energy', async () => {
  const broken = faulty({
    after: (output, system) => {
      if (distanceOf(system) < 0.9) output.energy = Number.POSITIVE_INFINITY;
    },
  });
  expect(
    await examined(
      'short-distance',
      made(() => broken),
    ),
  ).toMatchObject({ status: 'fail', value: null });
});
