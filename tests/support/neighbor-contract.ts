// What every pair builder must do, whatever it is written in: the same pairs as brute force, sorted by center.

import { describe, expect, it } from 'vitest';
import { bruteForcePairs, emptyPairs, type PairBuilder } from '../../src/neighbors/index.js';
import { rowsOf, sortedRowsOf, undirected } from './pair-rows.js';
import { randomStructure, structureOf } from './random-structure.js';

export function neighborContract(name: string, build: PairBuilder): void {
  describe(`neighbor contract: ${name}`, () => {
    for (const kind of ['full', 'half'] as const) {
      it(`finds the ${kind} list of brute force in 400 random cells`, () => {
        const [truth, pairs] = [emptyPairs(), emptyPairs()];
        let total = 0;
        for (let seed = 0; seed < 400; seed++) {
          const { system, cutoff } = randomStructure(seed);
          bruteForcePairs(system, cutoff, kind, truth);
          build(system, cutoff, kind, pairs);
          expect(sortedRowsOf(pairs), `seed ${seed}`).toEqual(sortedRowsOf(truth));
          expectSortedByCenter(pairs, system.positions.length / 3);
          total += pairs.count;
        }
        expect(total).toBeGreaterThan(10_000);
      });
    }

    it('holds every pair of a full list in both directions, and one of the two in a half list', () => {
      const [full, half] = [emptyPairs(), emptyPairs()];
      for (let seed = 1000; seed < 1050; seed++) {
        const { system, cutoff } = randomStructure(seed);
        build(system, cutoff, 'full', full);
        build(system, cutoff, 'half', half);
        const once = rowsOf(full).map(undirected).sort();
        const twice = rowsOf(half).flatMap((row) => [undirected(row), undirected(row)]);
        expect(twice.sort()).toEqual(once);
      }
    });

    it('agrees with brute force where shells of a crystal lie on the cutoff', () => {
      const positions: number[] = [];
      for (let k = 0; k < 64; k++) positions.push(0.7 * (k & 3), 0.7 * ((k >> 2) & 3), 0.7 * (k >> 4) - 210);
      const crystal = structureOf(positions, [2.8, 0, 0, 0, 2.8, 0, 0, 0, 2.8], [true, true, true]);
      const [truth, pairs] = [emptyPairs(), emptyPairs()];
      for (const shell of [1, 2, 3, 4, 5, 6, 8, 9]) {
        const cutoff = 0.7 * Math.sqrt(shell);
        bruteForcePairs(crystal, cutoff, 'full', truth);
        build(crystal, cutoff, 'full', pairs);
        expect(sortedRowsOf(pairs)).toEqual(sortedRowsOf(truth));
      }
    });

    it('takes no atom, one atom, and one atom among its own images', () => {
      const pairs = emptyPairs();
      build(structureOf([], [0, 0, 0, 0, 0, 0, 0, 0, 0], [false, false, false]), 3, 'full', pairs);
      expect([pairs.count, ...pairs.first]).toEqual([0, 0]);
      build(structureOf([1, 2, 3], [0, 0, 0, 0, 0, 0, 0, 0, 0], [false, false, false]), 3, 'full', pairs);
      expect([pairs.count, ...pairs.first]).toEqual([0, 0, 0]);
      const single = structureOf([-7, 2, 3], [2, 0, 0, 0, 2, 0, 0, 0, 2], [true, true, true]);
      build(single, 2.1, 'full', pairs);
      expect(pairs.count).toBe(6);
      build(single, 2.1, 'half', pairs);
      expect(sortedRowsOf(pairs)).toEqual(['0 0 0 0 1', '0 0 0 1 0', '0 0 1 0 0']);
    });

    it('spans open directions with atoms very far apart', () => {
      const system = structureOf(
        [0, 0, 0, 1, 0, 0, 0, 0, 3e6, 1, 0, 3e6],
        [4, 0, 0, 0, 0, 0, 0, 0, 0],
        [true, false, false],
      );
      const [truth, pairs] = [emptyPairs(), emptyPairs()];
      bruteForcePairs(system, 3.5, 'full', truth);
      build(system, 3.5, 'full', pairs);
      expect(pairs.count).toBe(8);
      expect(sortedRowsOf(pairs)).toEqual(sortedRowsOf(truth));
    });

    it('gives equal lists, in equal order, for equal input, and leaves the system as it is', () => {
      const { system, cutoff } = randomStructure(77);
      const before = { positions: system.positions.slice(), cell: system.cell.slice() };
      const [one, two] = [emptyPairs(), emptyPairs(5000)];
      build(system, cutoff, 'full', one);
      build(randomStructure(78).system, 6, 'full', two);
      build(system, cutoff, 'full', two);
      expect(rowsOf(two)).toEqual(rowsOf(one));
      expect({ positions: system.positions, cell: system.cell }).toEqual(before);
    });

    it('refuses what has no list, in words', () => {
      const pairs = emptyPairs();
      const cubic = [4, 0, 0, 0, 4, 0, 0, 0, 4];
      const periodic = [true, true, true] as const;
      for (const cutoff of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => build(structureOf([0, 0, 0], cubic, periodic), cutoff, 'full', pairs)).toThrow(
          `The cutoff must be a positive number of Å, received ${cutoff}.`,
        );
      }
      const flat = structureOf([0, 0, 0], [4, 0, 0, 4, 0, 0, 0, 0, 4], periodic);
      expect(() => build(flat, 3, 'full', pairs)).toThrow(
        'The periodic lattice vectors of test1 span no volume',
      );
      const zero = structureOf([0, 0, 0], [4, 0, 0, 0, 0, 0, 0, 0, 4], periodic);
      expect(() => build(zero, 3, 'full', pairs)).toThrow('b = (0, 0, 0)');
      const tiny = structureOf([0, 0, 0], [0.01, 0, 0, 0, 0.01, 0, 0, 0, 0.01], periodic);
      expect(() => build(tiny, 30, 'full', pairs)).toThrow('test1 needs');
      const dense = structureOf(Array<number>(120_000).fill(1), cubic, periodic);
      expect(() => build(dense, 3, 'full', pairs)).toThrow(
        'test40000 has more than 100000000 pairs within 3 Å',
      );
      const blown = structureOf([0, 0, 0, 1, Number.NaN, 0], cubic, periodic);
      expect(() => build(blown, 3, 'full', pairs)).toThrow('Atom 1 of test2 is at (1, NaN, 0) Å');
    });
  });
}

function expectSortedByCenter(
  pairs: { count: number; centers: Int32Array; first: Int32Array },
  atoms: number,
): void {
  const first = new Int32Array(atoms + 1);
  for (let p = 0; p < pairs.count; p++) first[pairs.centers[p] + 1] += 1;
  for (let i = 0; i < atoms; i++) first[i + 1] += first[i];
  expect(pairs.first).toEqual(first);
  const centers = pairs.centers.subarray(0, pairs.count);
  expect(centers).toEqual(centers.slice().sort());
}
