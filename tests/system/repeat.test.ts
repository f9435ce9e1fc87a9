import { describe, expect, it } from 'vitest';
import {
  buildSystem,
  createSystem,
  cubicCrystal,
  describeSystem,
  drawVelocities,
  repeatSystem,
  temperatureOf,
} from '../../src/system/index.js';
import { thrownBy } from '../support/thrown.js';

describe('repeated systems', () => {
  it('a triclinic cell: copies along the last vector first, as ASE orders them', () => {
    const unit = createSystem({
      name: 'pair',
      numbers: [14, 8],
      masses: [28, 18],
      positions: [0, 0, 0, 1, 1, 1],
      velocities: [1, 2, 3, 4, 5, 6],
      cell: [5, 0, 0, 1, 6, 0, 0, 2, 7],
      pbc: [true, true, true],
    });
    const system = repeatSystem(unit, [1, 2, 2]);
    expect(system.name).toBe('pair-1x2x2');
    expect([...system.cell]).toEqual([5, 0, 0, 2, 12, 0, 0, 4, 14]);
    expect([...system.positions]).toEqual(
      [
        [0, 0, 0],
        [0, 2, 7],
        [1, 6, 0],
        [1, 8, 7],
      ].flatMap(([x, y, z]) => [x, y, z, x + 1, y + 1, z + 1]),
    );
    expect([...system.numbers]).toEqual([14, 8, 14, 8, 14, 8, 14, 8]);
    expect([...system.masses]).toEqual([28, 18, 28, 18, 28, 18, 28, 18]);
    expect([...system.velocities.subarray(6)]).toEqual(Array(3).fill([1, 2, 3, 4, 5, 6]).flat());
  });

  it('keeps density, shortest distance and kinetic energy of each atom', () => {
    const unit = buildSystem('water192');
    drawVelocities(unit, 300, 1);
    const system = repeatSystem(unit, [2, 1, 1]);
    const [before, after] = [describeSystem(unit), describeSystem(system)];
    expect(after.density).toBeCloseTo(before.density!, 12);
    expect(after.shortestDistance).toBeCloseTo(before.shortestDistance!, 12);
    expect((temperatureOf(system) * (6 * 192 - 3)) / 2 / (3 * 192 - 3)).toBeCloseTo(300, 9);
  });

  it('is the system itself once along each', () => {
    const water = buildSystem('water');
    expect(repeatSystem(water, [1, 1, 1])).toBe(water);
  });

  it.each([[[0, 1, 1]], [[1.5, 1, 1]], [[1, Number.NaN, 1]]])('refuses %j', (counts) => {
    const error = thrownBy(() => repeatSystem(buildSystem('si8'), counts as [number, number, number]));
    expect([error.code, error.message]).toEqual([
      'option-invalid',
      `Three positive whole numbers were expected to repeat by, received ${counts}.`,
    ]);
  });

  it('refuses to repeat along an open direction', () => {
    const error = thrownBy(() => repeatSystem(buildSystem('ethanol'), [1, 2, 1]));
    expect(error.code).toBe('option-invalid');
    expect(error.message).toContain('not periodic along lattice vector b');
  });
});

describe('cubic crystals', () => {
  it('simple cubic, fcc and diamond have 1, 4 and 8 atoms a cell and their nearest neighbors', () => {
    const crystals = (['simple-cubic', 'fcc', 'diamond'] as const).map((lattice) =>
      cubicCrystal('x', lattice, 29, 4, 2),
    );
    expect(crystals.map((crystal) => crystal.numbers.length)).toEqual([8, 32, 64]);
    const nearest = crystals.map((crystal) => describeSystem(crystal).shortestDistance!);
    const expected = [4, 4 / Math.SQRT2, Math.sqrt(3)];
    for (const k of [0, 1, 2]) expect(nearest[k]).toBeCloseTo(expected[k], 12);
    expect(crystals[0].name).toBe('x');
  });
});
