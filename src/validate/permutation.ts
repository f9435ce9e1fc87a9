// The order of like atoms, and of the neighbors of each, does not count. It does where an exporter wrote a sum over neighbors as a scatter that keeps
// the last of them (pytorch issue 111159), which nothing else shows.

import { agreement, excess } from './agreement.js';
import { type Finding, type Item, skipped } from './examination.js';
import { likeOrder, reordered, reorderedRows } from './motions.js';
import { roundingOf } from './rounding.js';

/** Rounding alone: the same terms are summed in another order. The worst of three orders is judged. */
export const permutation: Item = {
  id: 'permutation',
  needs: [],
  async run({ examinee, system, truth }) {
    const rounding = roundingOf(examinee.precision, system, truth);
    const hasList = examinee.forceField.neighbors !== null;
    const findings: Finding[] = [];
    for (const seed of [1, 2, 3]) {
      const order = likeOrder(system.numbers, seed);
      if (!hasList && order.every((atom, k) => atom === k)) continue;
      const expected = { energy: truth.energy, forces: reorderedRows(truth.forces, order) };
      const got = await examinee.evaluate(reordered(system, order), seed);
      findings.push(agreement(got, expected, rounding));
    }
    if (findings.length === 0) return skipped('no-like-atoms');
    return findings.reduce((worst, finding) => (excess(finding) > excess(worst) ? finding : worst));
  },
};
