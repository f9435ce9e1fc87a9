import { describe, expect, it } from 'vitest';
import { backend } from '../../src/addon.js';
import { buildPairs, emptyPairs, type PairBuilder } from '../../src/neighbors/index.js';
import { nativeBuildPairs } from '../../src/neighbors/native.js';
import { neighborContract } from '../support/neighbor-contract.js';
import { rowsOf } from '../support/pair-rows.js';
import { randomStructure } from '../support/random-structure.js';

describe.skipIf(backend.name !== 'native')(
  `native neighbor list (${backend.reason ?? 'addon loaded'})`,
  () => {
    neighborContract('cell list in C++', nativeBuildPairs);

    it('gives the list of TypeScript, pair by pair in the same order', () => {
      const [reference, native] = [emptyPairs(), emptyPairs()];
      const build = (builder: PairBuilder, seed: number, pairs: typeof native): string[] => {
        const { system, cutoff } = randomStructure(seed);
        builder(system, cutoff, seed % 2 === 0 ? 'full' : 'half', pairs);
        return rowsOf(pairs);
      };
      for (let seed = 2000; seed < 2200; seed++) {
        expect(build(nativeBuildPairs, seed, native), `seed ${seed}`).toEqual(
          build(buildPairs, seed, reference),
        );
      }
    });
  },
);
