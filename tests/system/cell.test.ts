import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import {
  cellInverse,
  cellVolume,
  completedCell,
  type Periodicity,
  planeSpacings,
} from '../../src/system/index.js';

const hexagonal = [3, 0, 0, -1.5, 1.5 * Math.sqrt(3), 0, 0, 0, 5];

describe('cell', () => {
  it('volume: hexagonal, left-handed, degenerate', () => {
    expect(cellVolume(hexagonal)).toBeCloseTo(((9 * Math.sqrt(3)) / 2) * 5, 12);
    expect(cellVolume([0, 2, 0, 3, 0, 0, 0, 0, 4])).toBe(24);
    expect(cellVolume([1, 2, 3, 2, 4, 6, 0, 0, 1])).toBe(0);
  });

  it('inverse: cell · inverse = 1 for random cells', () => {
    const random = createRandom(3);
    for (let round = 0; round < 50; round++) {
      const cell = Array.from({ length: 9 }, () => 10 * random.normal());
      const product = multiply(cell, cellInverse(cell));
      const worst = Math.max(...product.map((value, k) => Math.abs(value - (k % 4 === 0 ? 1 : 0))));
      expect(worst).toBeLessThan(1e-12 * Math.max(1, 1e3 / cellVolume(cell)));
    }
  });

  it('plane spacings: faces of a hexagonal and of a sheared cell', () => {
    const [a, b, c] = planeSpacings(hexagonal);
    expect(a).toBeCloseTo(1.5 * Math.sqrt(3), 12);
    expect(b).toBeCloseTo(1.5 * Math.sqrt(3), 12);
    expect(c).toBeCloseTo(5, 12);
    const sheared = planeSpacings([4, 0, 0, 100, 3, 0, -50, 70, 2]);
    expect(sheared[2]).toBeCloseTo(2, 10);
    expect(sheared[0]).toBeLessThan(0.2);
  });

  it('plane spacings: an open direction has none and does not matter to the others', () => {
    const slab: Periodicity = [true, true, false];
    const flat = planeSpacings([3, 0, 0, 1, 4, 0, 0, 0, 0], slab);
    expect(flat).toEqual([12 / Math.hypot(4, 1), 4, Number.POSITIVE_INFINITY]);
    const tilted = planeSpacings([3, 0, 0, 1, 4, 0, 9, 9, 1], slab);
    expect(tilted[0]).toBeCloseTo(flat[0], 12);
    expect(planeSpacings(new Float64Array(9), [false, false, false])).toEqual(
      Array(3).fill(Number.POSITIVE_INFINITY),
    );
  });

  it('a completed cell keeps periodic rows and makes open ones orthogonal units, whatever they were', () => {
    const random = createRandom(4);
    for (let bits = 0; bits < 8; bits++) {
      const pbc: Periodicity = [(bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0];
      for (const fill of [0, 1]) {
        const cell = Array.from({ length: 9 }, (_, k) => (pbc[Math.floor(k / 3)] ? random.normal() : fill));
        const whole = completedCell(cell, pbc);
        for (let d = 0; d < 3; d++) {
          const row = whole.subarray(3 * d, 3 * d + 3);
          if (pbc[d]) expect([...row]).toEqual(cell.slice(3 * d, 3 * d + 3));
          else {
            expect(Math.hypot(...row)).toBeCloseTo(1, 12);
            for (const other of [0, 1, 2].filter((k) => k !== d)) {
              expect(row.reduce((sum, x, k) => sum + x * whole[3 * other + k], 0)).toBeCloseTo(0, 12);
            }
          }
        }
      }
    }
  });
});

function multiply(left: ArrayLike<number>, right: ArrayLike<number>): number[] {
  return Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [3 * Math.floor(k / 3), k % 3];
    return left[row] * right[column] + left[row + 1] * right[column + 3] + left[row + 2] * right[column + 6];
  });
}
