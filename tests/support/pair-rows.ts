// Pair lists as rows of text, to compare whole lists at once.

import type { Pairs } from '../../src/neighbors/index.js';

/** `i j a b c` of every pair in the order of the list. */
export function rowsOf(pairs: Pairs): string[] {
  return Array.from({ length: pairs.count }, (_, p) =>
    [pairs.centers[p], pairs.neighbors[p], ...pairs.shifts.subarray(3 * p, 3 * p + 3)].join(' '),
  );
}

/** The same without the order inside a list. */
export function sortedRowsOf(pairs: Pairs): string[] {
  return rowsOf(pairs).sort();
}

/** The two rows of a pair that a half list holds one of, in one way of writing. */
export function undirected(row: string): string {
  const [i, j, a, b, c] = row.split(' ').map(Number);
  const reversed = [j, i, -a || 0, -b || 0, -c || 0].join(' ');
  return row < reversed ? row : reversed;
}
