// Pairs (i, j): i is the center; displacement r_ij = r_j − r_i + shift · cell, positions as they are (not wrapped).

/** Growable pair arrays, reused from build to build. Sorted by center. Only the first `count` entries mean anything. */
export interface Pairs {
  count: number;
  /** (capacity) center of each pair, ascending. */
  centers: Int32Array;
  /** (capacity) neighbor of each pair. */
  neighbors: Int32Array;
  /** (capacity,3) integer cell shifts. */
  shifts: Int32Array;
  /** (n+1) pairs of center i are `first[i] … first[i+1]-1`. */
  first: Int32Array;
  /**
   * Raised by a list at every change of the arrays, so that a force field may keep what it derived from them while it
   * stays. Absent where nobody counts: then nothing may be kept.
   */
  version?: number;
}

/** `full` holds (i,j,S) and (j,i,−S); `half` one of the two. A periodic image of the atom itself (i,i,S≠0) is a pair. */
export type PairKind = 'full' | 'half';

export function emptyPairs(capacity = 0): Pairs {
  return {
    count: 0,
    centers: new Int32Array(capacity),
    neighbors: new Int32Array(capacity),
    shifts: new Int32Array(3 * capacity),
    first: new Int32Array(1),
  };
}

/** Makes room for `capacity` pairs, keeping the first `count`; grows by half at least, so that growth is rare. */
export function reservePairs(pairs: Pairs, capacity: number): void {
  if (capacity <= pairs.centers.length) return;
  const size = Math.max(capacity, Math.ceil(1.5 * pairs.centers.length), 64);
  pairs.centers = grown(pairs.centers, size);
  pairs.neighbors = grown(pairs.neighbors, size);
  pairs.shifts = grown(pairs.shifts, 3 * size);
}

function grown(from: Int32Array, size: number): Int32Array {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}
