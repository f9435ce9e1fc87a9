// The order of like atoms does not count. It does where an exporter wrote a sum over neighbors as a scatter that keeps
// the last of them (pytorch issue 111159), which nothing else shows.

import { agreement } from './agreement.js';
import { type Finding, type Item, skipped } from './examination.js';
import { likeOrder, reordered, reorderedRows } from './motions.js';
import { roundingOf } from './rounding.js';

/** Rounding alone: the same terms are summed in another order. The worst of three orders is judged. */
export const permutation: Item = {
  id: 'permutation',
  needs: [],
  async run({ examinee, system, truth }) {
    const rounding = roundingOf(examinee.precision, system, truth);
    const ordersChanging = [1, 2, 3]
      .map((seed) => likeOrder(system.numbers, seed))
      .filter((order) => order.some((atom, k) => atom !== k));
    if (ordersChanging.length === 0) return skipped('no-like-atoms');
    const findings: Finding[] = [];
    for (const order of ordersChanging) {
      const expected = { energy: truth.energy, forces: reorderedRows(truth.forces, order) };
      findings.push(agreement(await examinee.evaluate(reordered(system, order)), expected, rounding));
    }
    const excess = ({ value, tolerance }: Finding) =>
      value === null ? Number.POSITIVE_INFINITY : value / tolerance!;
    return findings.reduce((worst, finding) => (excess(finding) > excess(worst) ? finding : worst));
  },
};
