// The protocol always sends a cell; where a boundary is open, clients of other codes get one that is wide enough. Å.

import type { System } from '../../system/system.js';

/** Å beside the atoms, on both sides together. */
const room = 100;

/** The cell, with an orthogonal vector wherever a direction is open and has none. */
export function enclosingCell({ positions, cell }: System): Float64Array<ArrayBuffer> {
  const enclosing = Float64Array.from(cell);
  for (let d = 0; d < 3; d++) {
    const row = cell.subarray(3 * d, 3 * d + 3);
    if (row.some((component) => component !== 0)) continue;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = d; k < positions.length; k += 3) {
      low = Math.min(low, positions[k]);
      high = Math.max(high, positions[k]);
    }
    enclosing[4 * d] = Math.ceil(high - low) + room;
  }
  return enclosing;
}
