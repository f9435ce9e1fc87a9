// Neighbor lists: brute force is the truth, the cell list is for use, `createNeighborList` follows moving atoms.

export { bruteForcePairs } from './brute-force.js';
export { buildPairs, type PairBuilder } from './cell-list.js';
export { createNeighborList, type NeighborList } from './neighbor-list.js';
export { emptyPairs, type Pairs } from './pairs.js';
