// Radial distribution by pair of elements, Å: g_AB(r) = V/(N_A N_B) ⟨pairs in the shell⟩ / (volume of the shell), Allen &
// Tildesley, Computer Simulation of Liquids, 2nd ed., sections 2.6 and 8.2; with images, so that it holds beyond half the cell.

import { createNeighborList, type Pairs } from '../neighbors/index.js';
import { cellVolume, type System } from '../system/index.js';
import { type Curve, curveOfHalves } from './curve.js';
import { type ElementPairs, elementPairs } from './element-pairs.js';

export interface RadialDistribution {
  /** Counts the pairs of the positions as they are now. */
  add(system: System): void;
  /** One curve a pair of elements that has two atoms to be made of, abscissas the centers of the bins. */
  curves(): { pair: string; curve: Curve }[];
}

/**
 * Periodic in all directions: g(r), which tends to 1 at large r (to 1 − 1/N for like atoms below half the cell, where an
 * atom does not yet meet itself). With an open direction there is no density to compare with: the distribution of pair
 * distances below the cutoff, of unit area.
 * @param cutoff a whole number of widths, Å
 * @throws MdbenchError of the neighbor list
 */
export function createRadialDistribution(
  { numbers, cell, pbc }: System,
  { cutoff, width }: { readonly cutoff: number; readonly width: number },
): RadialDistribution {
  const elements = elementPairs(numbers);
  const bins = Math.round(cutoff / width);
  const periodic = !pbc.includes(false);
  const list = createNeighborList({ cutoff, skin: 0, kind: 'half', trimmed: false });
  const samples: Uint32Array[] = [];

  function curveOf({ kinds: [a, b] }: ElementPairs['pairs'][number], index: number): Curve {
    return curveOfHalves({ start: width / 2, width }, samples.length, (begin, end) => {
      const counts = new Array<number>(bins).fill(0);
      for (const sample of samples.slice(begin, end)) {
        for (let bin = 0; bin < bins; bin++) counts[bin] += sample[index * bins + bin];
      }
      if (!periodic) return unitArea(counts, width);
      const ideal = ((end - begin) * elements.counts[a] * elements.counts[b]) / cellVolume(cell);
      return counts.map((count, bin) => (count === 0 ? 0 : count / (ideal * shellVolume(bin, width))));
    });
  }

  return {
    add(system) {
      list.update(system);
      const histogram = new Uint32Array(elements.pairs.length * bins);
      countPairs(system, list.pairs, elements, { width, bins }, histogram);
      samples.push(histogram);
    },
    curves: () =>
      elements.pairs.flatMap((pair, index) => {
        const [a, b] = pair.kinds;
        const exists = periodic || a !== b || elements.counts[a] > 1;
        return exists ? [{ pair: pair.name, curve: curveOf(pair, index) }] : [];
      }),
  };
}

/** Ordered pairs: two like atoms are neighbors of each other. */
function countPairs(
  { positions, cell }: System,
  { centers, neighbors, shifts, count }: Pairs,
  { kinds, counts, index }: ElementPairs,
  { width, bins }: { readonly width: number; readonly bins: number },
  histogram: Uint32Array,
): void {
  for (let p = 0; p < count; p++) {
    const [i, j] = [centers[p], neighbors[p]];
    const a = shifts[3 * p];
    const b = shifts[3 * p + 1];
    const c = shifts[3 * p + 2];
    const x = positions[3 * j] - positions[3 * i] + (a * cell[0] + b * cell[3] + c * cell[6]);
    const y = positions[3 * j + 1] - positions[3 * i + 1] + (a * cell[1] + b * cell[4] + c * cell[7]);
    const z = positions[3 * j + 2] - positions[3 * i + 2] + (a * cell[2] + b * cell[5] + c * cell[8]);
    const bin = Math.floor(Math.sqrt(x * x + y * y + z * z) / width);
    if (bin >= bins) continue;
    const pair = index[kinds[i] * counts.length + kinds[j]];
    histogram[pair * bins + bin] += kinds[i] === kinds[j] ? 2 : 1;
  }
}

/** Å³ */
function shellVolume(bin: number, width: number): number {
  return ((4 * Math.PI) / 3) * width ** 3 * ((bin + 1) ** 3 - bin ** 3);
}

function unitArea(counts: readonly number[], width: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / (total * width)));
}
