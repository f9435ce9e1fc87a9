import { describe, expect, it } from 'vitest';
import { backend as loaded } from '../../src/addon.js';
import {
  bruteForcePairs,
  createNeighborList,
  emptyPairs,
  type NeighborList,
} from '../../src/neighbors/index.js';
import { createRandom } from '../../src/random.js';
import type { System } from '../../src/system/system.js';
import { sortedRowsOf, undirected } from '../support/pair-rows.js';
import { randomStructure, structureOf } from '../support/random-structure.js';

for (const backend of ['reference', 'native'] as const) {
  describe.skipIf(backend === 'native' && loaded.name !== 'native')(
    `neighbor list that follows atoms: ${backend}`,
    () => {
      it('holds the pairs of brute force at every step of a long random walk, whatever the skin', () => {
        for (const [skin, seed] of [
          [0, 3],
          [0.3, 4],
          [1, 5],
          [2, 6],
        ]) {
          const system = fluid(24, seed);
          const list = createNeighborList({ cutoff: 3.1, skin, kind: 'full', trimmed: true, backend });
          const random = createRandom(seed);
          const truth = emptyPairs();
          let rebuilt = 0;
          for (let step = 0; step < 400; step++) {
            if (list.update(system)) rebuilt += 1;
            bruteForcePairs(system, 3.1, 'full', truth);
            expect(sortedRowsOf(list.pairs), `skin ${skin}, step ${step}`).toEqual(sortedRowsOf(truth));
            wander(system, random, 0.05);
          }
          expect(list.rebuilds).toBe(rebuilt - 1);
          expect(list.rebuilds).toBeGreaterThan(skin === 0 ? 398 : 5);
        }
      });

      it('holds one of the two of each pair in a half list, and with the skin in an untrimmed one', () => {
        const system = fluid(20, 9);
        const half = createNeighborList({ cutoff: 3, skin: 0.8, kind: 'half', trimmed: true, backend });
        const skinned = createNeighborList({ cutoff: 3, skin: 0.8, kind: 'full', trimmed: false, backend });
        const random = createRandom(9);
        const truth = emptyPairs();
        for (let step = 0; step < 200; step++) {
          half.update(system);
          skinned.update(system);
          bruteForcePairs(system, 3, 'full', truth);
          const rows = sortedRowsOf(truth);
          const once = sortedRowsOf(half.pairs).map(undirected);
          expect([...once, ...once].sort()).toEqual(rows.map(undirected).sort());
          expect(sortedRowsOf(skinned.pairs)).toEqual(expect.arrayContaining(rows));
          wander(system, random, 0.03);
        }
      });

      it('rebuilds when an atom has moved more than skin/2 since the build, and not before', () => {
        const system = structureOf([0, 0, 0, 2, 0, 0], cubic(12), [true, true, true]);
        const list = createNeighborList({ cutoff: 3, skin: 1, kind: 'full', trimmed: true, backend });
        const rebuiltAt: number[] = [];
        for (let step = 0; step <= 20; step++) {
          if (list.update(system)) rebuiltAt.push(step);
          system.positions[4] += 0.2;
        }
        expect(rebuiltAt).toEqual([0, 3, 6, 9, 12, 15, 18]);
        expect([list.rebuilds, list.dangerousBuilds]).toEqual([6, 0]);
        list.resetCounters();
        expect([list.rebuilds, list.dangerousBuilds]).toEqual([0, 0]);
      });

      it('counts a rebuild at the first check after a build as dangerous', () => {
        const system = structureOf([0, 0, 0, 2, 0, 0], cubic(12), [true, true, true]);
        const list = createNeighborList({ cutoff: 3, skin: 1, kind: 'full', trimmed: true, backend });
        for (const move of [0, 0.6, 0.6, 0.3, 0.3, 0.6]) {
          system.positions[0] -= move;
          list.update(system);
        }
        expect([list.rebuilds, list.dangerousBuilds]).toEqual([4, 3]);
      });

      it('rebuilds for another cell, other boundaries and another number of atoms, without danger', () => {
        const system = structureOf([0, 0, 0, 2, 0, 0], cubic(5), [true, true, true]);
        const list = createNeighborList({ cutoff: 3.2, skin: 1, kind: 'full', trimmed: true, backend });
        const countAfter = (changed: System): [boolean, number] => [list.update(changed), list.pairs.count];
        expect(countAfter(system)).toEqual([true, 4]);
        expect(countAfter(system)).toEqual([false, 4]);
        system.cell[0] = 6;
        expect(countAfter(system)).toEqual([true, 2]);
        system.cell[0] = 5;
        expect(countAfter({ ...system, pbc: [false, true, true] })).toEqual([true, 2]);
        expect(countAfter(structureOf([0, 0, 0], cubic(3), [true, true, true]))).toEqual([true, 6]);
        expect([list.rebuilds, list.dangerousBuilds]).toEqual([3, 0]);
      });

      it('says that a trajectory has blown up', () => {
        const system = fluid(8, 2);
        const list = createNeighborList({ cutoff: 3, skin: 1, kind: 'full', trimmed: true, backend });
        list.update(system);
        system.positions[7] = Number.NaN;
        expect(() => list.update(system)).toThrow(/Atom 2 of test8 is at .*NaN.* Å/);
        expect(() => list.update(system)).toThrow('not a number');
      });
    },
  );
}

it('refuses a skin or cutoff that is none', () => {
  const options = { cutoff: 3, skin: 1, kind: 'full', trimmed: true, backend: 'reference' } as const;
  expect(() => createNeighborList({ ...options, skin: -1 })).toThrow('received -1');
  expect(() => createNeighborList({ ...options, skin: Number.NaN })).toThrow('received NaN');
  expect(() => createNeighborList({ ...options, cutoff: 0 })).toThrow('received 0');
});

it('names the backend that works', () => {
  const options = { cutoff: 3, skin: 1, kind: 'full', trimmed: true } as const;
  const list: NeighborList = createNeighborList(options);
  expect(list.backend).toBe(loaded.name);
  expect(createNeighborList({ ...options, backend: 'reference' }).backend).toBe('reference');
});

function fluid(atoms: number, seed: number): System {
  const random = createRandom(seed);
  const { cell, pbc } = randomStructure(seed).system;
  const positions = Array.from({ length: 3 * atoms }, () => 7 * random.uniform());
  return structureOf(positions, Array.from(cell), pbc);
}

function wander(system: System, random: { normal(): number }, width: number): void {
  for (let k = 0; k < system.positions.length; k++) system.positions[k] += width * random.normal();
}

function cubic(edge: number): number[] {
  return [edge, 0, 0, 0, edge, 0, 0, 0, edge];
}
