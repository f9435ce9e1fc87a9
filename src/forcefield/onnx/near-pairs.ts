// Of the one list that a model is given, the pairs of its first neighbor matrix, where a second one reaches further.

import { emptyPairs } from '../../neighbors/pairs.js';
import { translatePairs, trimPairs } from '../../neighbors/trim.js';
import type { Binding } from './binding.js';
import type { Moment } from './feed.js';

/** The moment with the pairs within the first cutoff, the same object for every feed; null where there is no second one. */
export function createNearPairs({ cutoff, longCutoff }: Binding): ((moment: Moment) => Moment) | null {
  if (!longCutoff) return null;
  const near = emptyPairs();
  let translations = new Float64Array(0);
  let last: Moment | null = null;
  let result: Moment | null = null;
  return (moment) => {
    if (moment === last) return result!;
    last = moment;
    const pairs = moment.pairs!;
    if (translations.length < 3 * pairs.count) translations = new Float64Array(3 * pairs.centers.length);
    translatePairs(pairs, moment.cell, translations);
    trimPairs(moment.system.positions, pairs, translations, cutoff!.value, near);
    result = { ...moment, pairs: near };
    return result;
  };
}
