import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backend } from '../../src/addon.js';
import { bruteForcePairs, buildPairs, emptyPairs, type Pairs } from '../../src/neighbors/index.js';
import { nativeBuildPairs } from '../../src/neighbors/native.js';
import type { Periodicity, System } from '../../src/system/system.js';
import { structureOf } from '../support/random-structure.js';

interface Golden {
  name: string;
  cutoff: number;
  pbc: Periodicity;
  cell: number[];
  positions: number[];
  count: number;
  neighborsOfEach: number[];
  sumOfDistances: number;
  pairs?: number[][];
}

const goldens: Golden[] = JSON.parse(
  readFileSync(new URL('../golden/neighbors.json', import.meta.url), 'utf8'),
);
const builders = { 'brute force': bruteForcePairs, TypeScript: buildPairs, 'C++': nativeBuildPairs };

for (const [name, build] of Object.entries(builders)) {
  describe.skipIf(name === 'C++' && backend.name !== 'native')(`lists of ASE: ${name}`, () => {
    it.each(goldens)('$name', (golden) => {
      const system = structureOf(golden.positions, golden.cell, golden.pbc);
      const pairs = emptyPairs();
      build(system, golden.cutoff, 'full', pairs);
      const rows = rowsWithDistances(system, pairs);
      expect(pairs.count).toBe(golden.count);
      expect(golden.neighborsOfEach.map((_, i) => pairs.first[i + 1] - pairs.first[i])).toEqual(
        golden.neighborsOfEach,
      );
      const sum = rows.reduce((total, row) => total + row[5], 0);
      expect(Math.abs(sum / golden.sumOfDistances - 1)).toBeLessThan(1e-12);
      if (golden.pairs === undefined) return;
      expect(rows.map((row) => row.slice(0, 5))).toEqual(golden.pairs.map((row) => row.slice(0, 5)));
      rows.forEach((row, p) => {
        expect(Math.abs(row[5] - golden.pairs![p][5])).toBeLessThan(1e-11);
      });
    });
  });
}

/** [i, j, a, b, c, distance] of every pair, sorted. */
function rowsWithDistances(system: System, pairs: Pairs): number[][] {
  const { positions, cell } = system;
  const rows = Array.from({ length: pairs.count }, (_, p) => {
    const [i, j, shift] = [pairs.centers[p], pairs.neighbors[p], pairs.shifts.subarray(3 * p, 3 * p + 3)];
    const along = (c: number): number =>
      positions[3 * j + c] -
      positions[3 * i + c] +
      shift[0] * cell[c] +
      shift[1] * cell[3 + c] +
      shift[2] * cell[6 + c];
    return [i, j, ...shift, Math.hypot(along(0), along(1), along(2))];
  });
  return rows.sort((one, two) => {
    const k = one.findIndex((value, at) => value !== two[at]);
    return one[k] - two[k];
  });
}
