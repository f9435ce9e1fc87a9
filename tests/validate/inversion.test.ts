import { expect, it } from 'vitest';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made } from '../support/examined.js';

it('passes where left and right are alike', async () => {
  expect(
    await examined(
      'inversion',
      made(() => faulty({})),
    ),
  ).toMatchObject({ status: 'pass' });
});

it('finds a term that knows left from right, which no rotation shows', async () => {
  const handed = faulty({
    after: (output, { positions }) => {
      const [a, b, c] = [3, 6, 9].map((k) => [0, 1, 2].map((d) => positions[k + d] - positions[d])) as [
        number[],
        number[],
        number[],
      ];
      const triple =
        a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) +
        a[1]! * (b[2]! * c[0]! - b[0]! * c[2]!) +
        a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);
      output.energy += 1e-6 * triple;
    },
  });
  expect(
    await examined(
      'inversion',
      made(() => handed),
    ),
  ).toMatchObject({ status: 'fail', unit: 'eV' });
  expect(
    await examined(
      'rotation',
      made(() => handed),
    ),
  ).toMatchObject({ status: 'pass' });
});
