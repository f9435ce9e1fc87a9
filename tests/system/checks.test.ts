import { describe, expect, it } from 'vitest';
import {
  buildSystem,
  checkLargestForce,
  checkSystem,
  createSystem,
  type SystemParts,
} from '../../src/system/index.js';
import { thrownBy } from '../support/thrown.js';

const anything = { elements: null, cutoff: null };
const cube = (edge: number) => [edge, 0, 0, 0, edge, 0, 0, 0, edge];
const argonAt = (parts: Partial<SystemParts>) =>
  createSystem({ name: 'argon', numbers: [18, 18], positions: [], ...parts });

describe('checks before the first step', () => {
  it('refuse an element that the force field does not know', () => {
    const error = thrownBy(() => checkSystem(buildSystem('ethanol'), { elements: [1, 6], cutoff: 5 }));
    expect(error.code).toBe('unknown-element');
    expect(error.message).toBe('ethanol: atom 2 (counted from 0) is O, and the force field knows H, C.');
    expect(checkSystem(buildSystem('ethanol'), { elements: [1, 6, 8], cutoff: 5 })).toEqual([]);
  });

  it('refuse what is no element at all', () => {
    const system = createSystem({ name: 'odd', numbers: [130], positions: [0, 0, 0], masses: [1] });
    expect(thrownBy(() => checkSystem(system, anything)).message).toContain('is #130');
  });

  it('refuse atoms closer than half the sum of their covalent radii, naming both and the distance', () => {
    const error = thrownBy(() => checkSystem(argonAt({ positions: [0, 0, 0, 0, 0, 1.05] }), anything));
    expect(error.code).toBe('structure-invalid');
    expect(error.message).toContain('atoms Ar 0 and Ar 1 (counted from 0) are 1.050 Å apart');
  });

  it('refuse atoms on top of each other across a boundary, and an atom on its own image', () => {
    const across = argonAt({ positions: [0, 0, 0, 0, 0, 19.9], cell: cube(20), pbc: [true, true, true] });
    expect(thrownBy(() => checkSystem(across, anything)).message).toContain('are 0.100 Å apart');
    expect(checkSystem({ ...across, pbc: [true, true, false] }, anything)).toEqual([]);
    const thin = createSystem({
      name: 'thin',
      numbers: [18],
      positions: [0, 0, 0],
      cell: [9, 0, 0, 0, 9, 0, 0, 0, 1],
      pbc: [true, true, true],
    });
    expect(thrownBy(() => checkSystem(thin, anything)).message).toContain(
      'atom Ar 0 and its own periodic image are 1.000 Å apart',
    );
  });

  it('name the worst pair, by share of its radii', () => {
    const system = createSystem({
      name: 'mixed',
      numbers: [55, 55, 1, 1],
      positions: [0, 0, 0, 2.3, 0, 0, 50, 0, 0, 50.1, 0, 0],
    });
    expect(thrownBy(() => checkSystem(system, anything)).message).toContain('atoms H 2 and H 3');
  });

  it('warn of atoms between 0.5 and 0.7 of that sum', () => {
    expect(checkSystem(argonAt({ positions: [0, 0, 0, 0, 0, 1.4] }), anything)).toEqual([
      { code: 'atoms-close', values: { first: 'Ar 0', second: 'Ar 1', image: false, distance: 1.4 } },
    ]);
    expect(checkSystem(argonAt({ positions: [0, 0, 0, 0, 0, 1.49] }), anything)).toEqual([]);
  });

  it('warn of a density that no material has', () => {
    const dilute = argonAt({ positions: [0, 0, 0, 9, 9, 9], cell: cube(20), pbc: [true, true, true] });
    const [warning] = checkSystem(dilute, anything);
    expect(warning.code).toBe('density-implausible');
    expect(warning.values.density).toBeCloseTo((2 * 39.948 * 1.6605390666) / 8000, 10);
    expect(checkSystem({ ...dilute, pbc: [true, true, false] }, anything)).toEqual([]);
    const dense = createSystem({
      name: 'dense',
      numbers: [78],
      positions: [0, 0, 0],
      cell: cube(2.2),
      pbc: [true, true, true],
    });
    expect(checkSystem(dense, anything)).toMatchObject([{ code: 'density-implausible' }]);
  });

  it('warn of, and do not refuse, a cell thinner than the cutoff', () => {
    const limits = { elements: [14], cutoff: 6 };
    expect(checkSystem(buildSystem('si8'), limits)).toEqual([
      { code: 'cell-thinner-than-cutoff', values: { spacing: expect.closeTo(5.431, 10), cutoff: 6 } },
    ]);
    expect(checkSystem(buildSystem('si64'), limits)).toEqual([]);
    expect(checkSystem(buildSystem('water'), { elements: null, cutoff: 1e3 })).toEqual([]);
  });

  it('refuse positions that are not finite', () => {
    const system = argonAt({ positions: [0, 0, 0, 0, Number.NaN, 0] });
    expect(thrownBy(() => checkSystem(system, anything)).message).toContain('atom 1 is not finite');
  });

  it('take 4000 atoms', () => {
    expect(checkSystem(buildSystem('ar4000'), { elements: [18], cutoff: 8.5 })).toEqual([]);
  });
});

describe('the largest force', () => {
  it('is a warning above the limit', () => {
    expect(checkLargestForce([0, 0, 0, 30, -40, 0.1])).toEqual([
      { code: 'force-large', values: { force: Math.hypot(30, 40, 0.1), atom: 1, limit: 50 } },
    ]);
    expect(checkLargestForce([0, 0, 0, 30, -40, 0])).toEqual([]);
    expect(checkLargestForce([0, 0, 3], 2)).toMatchObject([{ values: { force: 3, atom: 0, limit: 2 } }]);
    expect(checkLargestForce([])).toEqual([]);
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])('that is %d is another warning', (value) => {
    expect(checkLargestForce([0, 0, 0, 0, value, 0])).toEqual([
      { code: 'force-not-finite', values: { atom: 1 } },
    ]);
  });
});
