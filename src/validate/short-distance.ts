// Atoms that come too close are pushed apart: finite from half an Å on, and no hole that dynamics could fall into.

import { symbolOf } from '../system/index.js';
import { bondLength, dimer, pairsOf } from './clusters.js';
import { type Examination, type Finding, type Item, judged } from './examination.js';

/** Å; for `farApart` where the cutoff is unknown. */
const farApart = 12;
const closest = 0.5;
const step = 0.05;
/** Share of a bond up to which a pair has to repel: the shortest bonds known (triple ones) are 0.75 of the single. */
const repelling = 0.7;

/**
 * eV. A hole of less than this is no deeper than the heat of a hot atom (0.1 eV is 1160 K). A deeper one is a warning,
 * where the wall before it is lower than what atoms at any temperature of dynamics have between them (10 eV is 116 000 K).
 * A value that is not finite fails.
 */
const tolerance = 0.1;
const highWall = 10;

export const shortDistance: Item = {
  id: 'short-distance',
  needs: [],
  async run(examination) {
    let worst: Finding = judged(0, tolerance, 'eV');
    for (const [a, b] of pairsOf(examination.elements)) {
      const finding = await approach(examination, a, b);
      if (finding.value === null) return finding;
      const isWorse =
        finding.status === worst.status ? finding.value > worst.value! : finding.status === 'warn';
      if (worst.values.first === undefined || isWorse) worst = finding;
    }
    return worst;
  },
};

/** The deepest fall of the energy on the way in. */
async function approach({ examinee, place }: Examination, a: number, b: number): Promise<Finding> {
  const outermost = Math.max(closest + 2 * step, repelling * bondLength(a, b));
  const apart = (await examinee.evaluate(place(dimer(a, b, (examinee.cutoff ?? farApart) + 1)))).energy;
  let highest = Number.NEGATIVE_INFINITY;
  let [hole, at, wall] = [0, outermost, Number.NaN];
  for (let r = outermost; r >= closest - 1e-9; r -= step) {
    const { energy, forces } = await examinee.evaluate(place(dimer(a, b, r)));
    const values = { first: symbolOf(a), second: symbolOf(b), distance: r };
    if (!Number.isFinite(energy) || !forces.every(Number.isFinite))
      return judged(Number.NaN, tolerance, 'eV', values);
    highest = Math.max(highest, energy);
    if (highest - energy > hole) [hole, at, wall] = [highest - energy, r, highest - apart];
  }
  const finding = judged(hole, tolerance, 'eV', {
    first: symbolOf(a),
    second: symbolOf(b),
    distance: at,
    wall: Number.isFinite(wall) ? wall : null,
  });
  if (finding.status === 'pass') return finding;
  return { ...finding, status: wall >= highWall ? 'pass' : 'warn' };
}
