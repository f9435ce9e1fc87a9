// A list whose cell changes with the atoms, as under a barostat: never a pair too few, and seldom built anew.

import { describe, expect, it } from 'vitest';
import { backend as loaded } from '../../src/addon.js';
import { bruteForcePairs, createNeighborList, emptyPairs } from '../../src/neighbors/index.js';
import { createRandom, type Random } from '../../src/random.js';
import type { System } from '../../src/system/system.js';
import { sortedRowsOf, undirected } from '../support/pair-rows.js';
import { timesMatrix } from '../support/physics.js';
import { structureOf } from '../support/random-structure.js';

const cutoff = 3.1;

describe.each(['reference', 'native'] as const)('a list in a cell that changes: %s', (backend) => {
  const skipped = backend === 'native' && loaded.name !== 'native';
  const options = { cutoff, skin: 1, kind: 'full', trimmed: true, backend } as const;

  it.skipIf(skipped).each([
    ['breathes', (by: number) => [1 + by, 0, 0, 0, 1 + by, 0, 0, 0, 1 + by], 3],
    ['is sheared and stretched', (by: number) => [1 + by, by, 0, 0, 1 - by, 2 * by, -by, 0, 1], 4],
  ])('holds the pairs of brute force at every step while the cell %s', (_, strain, seed) => {
    const system = fluid(seed);
    const full = createNeighborList(options);
    const skinned = createNeighborList({ ...options, kind: 'half', trimmed: false });
    const random = createRandom(seed);
    const truth = emptyPairs();
    for (let step = 0; step < 250; step++) {
      full.update(system);
      skinned.update(system);
      bruteForcePairs(system, cutoff, 'full', truth);
      const rows = sortedRowsOf(truth);
      expect(sortedRowsOf(full.pairs), `step ${step}`).toEqual(rows);
      const once = sortedRowsOf(skinned.pairs).map(undirected);
      expect(once).toEqual(expect.arrayContaining(rows.map(undirected)));
      deform(system, strain(0.01 * Math.sin(step / 6)), random);
    }
    expect(full.rebuilds).toBeGreaterThan(2);
    expect(full.rebuilds).toBeLessThan(125);
    expect(full.rebuilds).toBe(skinned.rebuilds);
  });

  it.skipIf(skipped)('rebuilds when the skin is used up by the cell alone, and not before', () => {
    const rebuiltAt = (skin: number, by: number) => {
      const system = structureOf([0, 0, 0, 3.3, 0, 0], cubic(9), [true, true, true]);
      const list = createNeighborList({ ...options, skin });
      list.update(system);
      deform(system, cubic(1 + by));
      return list.update(system);
    };
    expect(rebuiltAt(1, -0.2)).toBe(false);
    expect(rebuiltAt(1, -1 + (cutoff + 1e-6) / (cutoff + 1))).toBe(false);
    expect(rebuiltAt(1, -1 + (cutoff - 1e-6) / (cutoff + 1))).toBe(true);
    expect(rebuiltAt(1, 0.2)).toBe(false);
    expect(rebuiltAt(0, -1e-9)).toBe(true);
  });

  it.skipIf(skipped)('brings its images back when the cell comes back', () => {
    const system = structureOf([0.2, 0, 0, 8.6, 0, 0], cubic(9), [true, true, true]);
    const list = createNeighborList(options);
    const truth = emptyPairs();
    for (const by of [1, 1.05, 1 / 1.05]) {
      deform(system, cubic(by));
      list.update(system);
      bruteForcePairs(system, cutoff, 'full', truth);
      expect(sortedRowsOf(list.pairs)).toEqual(sortedRowsOf(truth));
    }
    expect(list.rebuilds).toBe(0);
  });

  it.skipIf(skipped)('is built anew for a change along open directions, where it knows no strain', () => {
    const system = structureOf([0, 0, 0, 2, 0, 0], cubic(9), [true, true, false]);
    const list = createNeighborList(options);
    list.update(system);
    system.cell[0] = 9.01;
    expect(list.update(system)).toBe(true);
  });
});

function fluid(seed: number): System {
  const random = createRandom(seed);
  const positions = Array.from({ length: 72 }, () => 7 * random.uniform());
  return structureOf(positions, [7, 0, 0, 1, 7.5, 0, -1, 0.5, 6.5], [true, true, true]);
}

/** Cell and positions by the same matrix, and a little motion on top. */
function deform(system: System, matrix: readonly number[], random?: Random): void {
  system.cell.set(timesMatrix(system.cell, matrix));
  system.positions.set(timesMatrix(system.positions, matrix));
  if (random) for (let k = 0; k < system.positions.length; k++) system.positions[k] += 0.02 * random.normal();
}

function cubic(edge: number): number[] {
  return [edge, 0, 0, 0, edge, 0, 0, 0, edge];
}
