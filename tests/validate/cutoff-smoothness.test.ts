import { describe, expect, it } from 'vitest';
import { createLennardJones } from '../../src/forcefield/index.js';
import { faulty } from '../support/broken-force-fields.js';
import { examined, made, named } from '../support/examined.js';

describe('cutoff-smoothness', () => {
  it('passes what ends smoothly, analytic or learned', async () => {
    for (const name of ['lennard-jones-switched', 'stillinger-weber', 'silicon-student'])
      expect(await examined('cutoff-smoothness', named(name))).toMatchObject({ status: 'pass' });
  });

  it('finds the jump of a potential that is cut plainly, by its size and place', async () => {
    const found = await examined('cutoff-smoothness', named('lennard-jones-plain'));
    const ratio = 2.5 ** -6;
    expect(found.status).toBe('fail');
    expect(found.value).toBeCloseTo(4 * 0.0104 * (ratio - ratio ** 2), 6);
  });

  it('warns where the force jumps and the energy does not', async () => {
    const found = await examined('cutoff-smoothness', named('lennard-jones'));
    const slope = (24 * 0.0104 * (2.5 ** -7 - 2 * 2.5 ** -13)) / 3.405;
    expect(found.status).toBe('warn');
    expect(found.values.forceJump).toBeCloseTo(slope, 5);
    expect(found.values.distance).toBeCloseTo(2.5 * 3.405, 3);
  });

  it('finds a jump where nobody says where the cutoff is', async () => {
    const unknown = () => faulty({ description: { cutoff: null } }, createLennardJones({ cut: 'plain' }));
    const found = await examined('cutoff-smoothness', made(unknown));
    expect(found.status).toBe('fail');
    expect(found.values.distance).toBeLessThan(2.5 * 3.405);
  });

  it('finds a step that only a third atom feels', async () => {
    const crowded = faulty({
      after: (output, _, pairs) => {
        if (pairs && pairs.count > 4) output.energy += 2e-4;
      },
    });
    const found = await examined(
      'cutoff-smoothness',
      made(() => crowded),
    );
    expect(found).toMatchObject({ status: 'fail', values: { shape: 'trimer' } });
    expect(found.value).toBeCloseTo(2e-4, 6);
  });
});
