import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { backend as loaded } from '../../src/addon.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { createRandom } from '../../src/random.js';
import { structureOf } from '../support/random-structure.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

for (const backend of ['reference', 'native'] as const) {
  describe.skipIf(backend === 'native' && loaded.name !== 'native')(
    `memory of a neighbor list: ${backend}`,
    () => {
      it('stays flat over 100 000 updates with thousands of rebuilds', () => {
        const walk = createWalk(backend, 0.3);
        walk(5_000);
        const before = memoryInUse();
        const rebuilds = walk(100_000);
        expect(memoryInUse() - before).toBeLessThan(100_000);
        expect(rebuilds).toBeGreaterThan(2_000);
      });

      it('allocates less than 16 bytes an update once it is compiled', () => {
        const walk = createWalk(backend, 3);
        const growths = [0, 1, 2, 3, 4, 5].map(() => {
          collectGarbage();
          const before = process.memoryUsage().heapUsed;
          walk(20_000);
          return (process.memoryUsage().heapUsed - before) / 20_000;
        });
        expect(Math.min(...growths)).toBeLessThan(16);
      });
    },
  );
}

/** Advances a small periodic system by so many steps; returns how many rebuilds that took. */
function createWalk(backend: 'native' | 'reference', skin: number): (steps: number) => number {
  const random = createRandom(11);
  const home = Array.from({ length: 36 }, () => 6 * random.uniform());
  const system = structureOf(home, [6, 0, 0, 1, 6, 0, 0, 0, 6], [true, true, true]);
  const list = createNeighborList({ cutoff: 2.5, skin, kind: 'full', trimmed: true, backend });
  let phase = 0;
  return (steps) => {
    const before = list.rebuilds;
    for (let step = 0; step < steps; step++) {
      phase = (phase + 1) % 64;
      const shift = 0.02 * Math.abs(phase - 32);
      for (let k = 0; k < home.length; k++) system.positions[k] = home[k] + (k % 5 === 0 ? shift : 0);
      list.update(system);
    }
    return list.rebuilds - before;
  };
}

function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
