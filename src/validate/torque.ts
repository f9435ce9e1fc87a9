// A system in the open does not turn itself: its torque about the center vanishes (rotation of an energy).

import { type Item, judged } from './examination.js';
import { opened } from './motions.js';
import { largest, roundingOf } from './rounding.js';

/** Of the atoms with open boundaries. Rounding of n forces at their arms: √n times that of one times the longest arm. */
export const torque: Item = {
  id: 'torque',
  needs: [],
  async run({ examinee, system, place }) {
    const cluster = place(opened(system));
    const said = await examinee.evaluate(cluster);
    const n = cluster.numbers.length;
    const center = [0, 1, 2].map(
      (d) => cluster.positions.reduce((sum, x, k) => (k % 3 === d ? sum + x : sum), 0) / n,
    );
    const arms = cluster.positions.map((x, k) => x - center[k % 3]);
    const total = [0, 0, 0];
    for (let i = 0; i < 3 * n; i += 3) {
      const [x, y, z] = arms.subarray(i, i + 3);
      const [fx, fy, fz] = said.forces.subarray(i, i + 3);
      total[0] += y * fz - z * fy;
      total[1] += z * fx - x * fz;
      total[2] += x * fy - y * fx;
    }
    const { force } = roundingOf(examinee.precision, cluster, said);
    const tolerance = force * Math.sqrt(n) * Math.max(1, largest(arms));
    return judged(largest(total), tolerance, 'eV', { largestForce: largest(said.forces) });
  },
};
