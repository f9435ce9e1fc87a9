// Unordered pairs of the elements of a system, each with a name and an index.

import { symbolOf } from '../system/index.js';

export interface ElementPairs {
  /** (n) which of the present elements an atom is, by ascending atomic number. */
  readonly kinds: Int32Array;
  /** Atoms of each kind. */
  readonly counts: readonly number[];
  /** (kinds²) index of the pair of two kinds, the same in either order. */
  readonly index: Int32Array;
  readonly pairs: readonly ElementPair[];
}

interface ElementPair {
  /** `H-O`: the lighter element first. */
  readonly name: string;
  readonly kinds: readonly [number, number];
}

export function elementPairs(numbers: Int32Array): ElementPairs {
  const present = [...new Set(numbers)].sort((a, b) => a - b);
  const kinds = numbers.map((number) => present.indexOf(number));
  const counts = present.map((number) => numbers.reduce((sum, one) => sum + Number(one === number), 0));
  const index = new Int32Array(present.length ** 2);
  const pairs: ElementPair[] = [];
  for (let a = 0; a < present.length; a++) {
    for (let b = a; b < present.length; b++) {
      index[a * present.length + b] = pairs.length;
      index[b * present.length + a] = pairs.length;
      pairs.push({ name: `${symbolOf(present[a])}-${symbolOf(present[b])}`, kinds: [a, b] });
    }
  }
  return { kinds, counts, index, pairs };
}
