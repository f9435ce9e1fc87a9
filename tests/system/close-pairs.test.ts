import { describe, expect, it } from 'vitest';
import { bruteForcePairs, emptyPairs } from '../../src/neighbors/index.js';
import { buildSystem, createSystem, forEachClosePair, shortestDistance } from '../../src/system/index.js';
import { type GoldenSystem, goldenCases } from '../support/golden-system.js';
import { randomStructure } from '../support/random-structure.js';

describe('close pairs', () => {
  it('are those of brute force in 300 random cells, each once', () => {
    let total = 0;
    for (let seed = 0; seed < 300; seed++) {
      const { system, cutoff } = randomStructure(seed);
      const pairs = emptyPairs();
      bruteForcePairs(system, cutoff, 'half', pairs);
      const expected: string[] = [];
      for (let p = 0; p < pairs.count; p++) {
        const [i, j] = [pairs.centers[p], pairs.neighbors[p]];
        const apart = [0, 1, 2].map((d) => {
          const [a, b, c] = pairs.shifts.subarray(3 * p, 3 * p + 3);
          const shift = a * system.cell[d] + b * system.cell[3 + d] + c * system.cell[6 + d];
          return system.positions[3 * j + d] - system.positions[3 * i + d] + shift;
        });
        const distance = Math.hypot(...apart);
        if (distance < cutoff - 1e-9) expected.push(row(i, j, distance));
      }
      const found: string[] = [];
      forEachClosePair(system, cutoff, (i, j, distance) => {
        if (distance < cutoff - 1e-9) found.push(row(i, j, distance));
      });
      expect(found.sort(), `seed ${seed}`).toEqual(expected.sort());
      total += found.length;
    }
    expect(total).toBeGreaterThan(10_000);
  });
});

describe('shortest distance', () => {
  it.each(
    goldenCases<GoldenSystem & { distance: number }>('system-shortest.json').map(
      (one, k) => [k, one] as const,
    ),
  )('is that of the neighbor list of ASE: skewed cell %i', (_k, one) => {
    const shortest = shortestDistance(createSystem({ name: 'skewed', ...one }))!;
    expect(Math.abs(shortest - one.distance)).toBeLessThan(1e-10);
  });

  it('of a single atom: none in the open, its own image in a cell', () => {
    const single = { name: 'one', numbers: [18], positions: [1, 2, 3] };
    expect(shortestDistance(createSystem(single))).toBeNull();
    const cell = [9, 0, 0, 0, 8, 0, 0, 0, 7];
    expect(shortestDistance(createSystem({ ...single, cell, pbc: [true, true, false] }))).toBe(8);
  });

  it('of atoms far apart in the open, and of a thousand on a line', () => {
    const far = createSystem({ name: 'far', numbers: [18, 18], positions: [0, 0, 0, 0, 3e6, 4e6] });
    expect(shortestDistance(far)).toBe(5e6);
    const line = Array.from({ length: 1000 }, (_, i) => [i * i, 0, 0]).flat();
    expect(
      shortestDistance(createSystem({ name: 'line', numbers: Array(1000).fill(18), positions: line })),
    ).toBe(1);
  });

  it('does not change when atoms leave the cell', () => {
    const system = buildSystem('si64');
    const before = shortestDistance(system)!;
    for (let i = 0; i < 64; i++) system.positions[3 * i + (i % 3)] += (i - 30) * 10.862;
    expect(shortestDistance(system)).toBeCloseTo(before, 9);
  });
});

function row(i: number, j: number, distance: number): string {
  return `${Math.min(i, j)} ${Math.max(i, j)} ${distance.toFixed(6)}`;
}
