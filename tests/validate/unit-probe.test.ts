import { describe, expect, it } from 'vitest';
import { createLennardJones } from '../../src/forcefield/index.js';
import { createSystem } from '../../src/system/index.js';
import { diatomics } from '../../src/validate/diatomics.js';
import { examined, made, named } from '../support/examined.js';

/** A well of this depth at this distance for two atoms of one element. */
function wellOf(number: number, distance: number, depth: number) {
  const sigma = distance / 2 ** (1 / 6);
  return made(() =>
    createLennardJones({ elements: [number], epsilon: depth, sigma, cutoff: 3 * sigma, cut: 'switched' }),
  );
}

/** Two atoms of nitrogen near their well, for a force field whose reach is in another unit. */
function pairAt(distance: number) {
  return createSystem({ name: 'pair', numbers: [7, 7], positions: [0, 0, 0, distance, 0, 0] });
}

describe('unit-probe', () => {
  it('passes argon and silicon', async () => {
    for (const name of ['lennard-jones', 'stillinger-weber', 'silicon-student'])
      expect(await examined('unit-probe', named(name))).toMatchObject({
        status: 'pass',
        values: { length: 'angstrom', energy: 'eV' },
      });
  });

  it.each([
    ['bohr', 'hartree', 2.07, 0.364],
    ['nm', 'kJ/mol', 0.1098, 955],
    ['angstrom', 'kcal/mol', 1.098, 228],
    ['angstrom', 'hartree', 1.098, 0.364],
    ['angstrom', 'rydberg', 1.098, 0.728],
  ])('warns of nitrogen that looks like %s and %s', async (length, energy, distance, depth) => {
    const found = await examined('unit-probe', wellOf(7, distance, depth), pairAt(distance));
    expect(found).toMatchObject({ status: 'warn', values: { first: 'N', second: 'N', length, energy } });
  });

  it('says nothing where no unit explains the well', async () => {
    expect(await examined('unit-probe', wellOf(7, 5, 3))).toMatchObject({
      status: 'skipped',
      values: { reason: 'no-known-well' },
    });
    expect(await examined('unit-probe', wellOf(92, 2.5, 3))).toMatchObject({
      status: 'skipped',
      values: { reason: 'no-diatomic' },
    });
  });

  it('knows wells of molecules and no others', () => {
    for (const { distance, depth } of diatomics) {
      expect(distance).toBeGreaterThan(0.7);
      expect(distance).toBeLessThan(4);
      expect(depth).toBeLessThan(12);
    }
  });
});
