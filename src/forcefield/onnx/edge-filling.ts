// Fills a neighbor list up to the number of edges that a file fixes, with pairs that are far apart.

import { MdbenchError } from '../../errors.js';
import type { Pairs } from '../../neighbors/pairs.js';
import { type Binding, rowsOf } from './binding.js';
import type { Moment } from './feed.js';

/**
 * The moment with as many pairs as the file wants; null where it does not fix them. What is added belongs to the last
 * atom, so that the centers stay in order: its own image beyond the cutoff, or a row that holds no atom.
 * @throws `unbindable-inputs` in the call that has more pairs
 */
export function createEdgeFilling(binding: Binding, n: number): ((moment: Moment) => Moment) | null {
  const size = binding.edges;
  if (size === null) return null;
  const spare = rowsOf(binding, n) > n;
  const filled: Pairs = {
    count: size,
    centers: new Int32Array(size),
    neighbors: new Int32Array(size),
    shifts: new Int32Array(3 * size),
    first: new Int32Array(n + 1),
  };
  let last: Moment | null = null;
  let result: Moment | null = null;
  return (moment) => {
    if (moment === last) return result!;
    last = moment;
    const missing = size > moment.pairs!.count;
    const shift = spare || !missing ? 0 : farShift(binding, moment.cell);
    fill(filled, moment, n, shift, spare ? n : n - 1);
    result = { ...moment, pairs: filled };
    return result;
  };
}

function fill(filled: Pairs, { pairs }: Moment, n: number, shift: number, neighbor: number): void {
  const { count, centers, neighbors, shifts, first } = pairs!;
  if (count > filled.count) throw tooMany(count, filled.count);
  filled.centers.set(centers.subarray(0, count));
  filled.neighbors.set(neighbors.subarray(0, count));
  filled.shifts.set(shifts.subarray(0, 3 * count));
  filled.first.set(first.subarray(0, n + 1));
  filled.first[n] = filled.count;
  filled.centers.fill(n - 1, count);
  filled.neighbors.fill(neighbor, count);
  for (let k = count; k < filled.count; k++) filled.shifts.set([shift, 0, 0], 3 * k);
}

/** How many times the first lattice vector is twice the cutoff or more. */
function farShift({ cutoff, boundaries }: Binding, cell: Float64Array): number {
  const length = Math.hypot(cell[0], cell[1], cell[2]);
  if (boundaries === 'host' && cutoff && length > 0) return Math.ceil((2 * cutoff.value) / length);
  throw new MdbenchError(
    'unbindable-inputs',
    'The model fixes the number of its edges and takes no shifts, so that there is nothing to fill them up with.',
    'Export it with a dynamic axis for the edges, or with shifts as an input.',
  );
}

function tooMany(count: number, size: number): MdbenchError {
  return new MdbenchError(
    'unbindable-inputs',
    `There are ${count} pairs within the cutoff; the model was exported for ${size} edges at most.`,
    'Export the model with a dynamic axis for the edges, or choose a smaller system.',
  );
}
