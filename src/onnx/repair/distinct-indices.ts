// Indices of a ScatterND that no two rows share by construction, so that nothing is written over: counted by Range, as
// slices and columns are assigned, or found by NonZero, as masks are.

import type { Constants } from '../constants.js';

/** Operators that keep the numbers of their first input, or some of them, each once. */
const counters = new Set(['Cast', 'Identity', 'Reshape', 'Slice', 'Squeeze', 'Transpose', 'Unsqueeze']);

/** Whether the rows of `indices` are certainly all different. */
export function isDistinct(indices: string, constants: Constants): boolean {
  return isCounted(indices, constants) || isFound(indices, constants);
}

function isCounted(indices: string, constants: Constants): boolean {
  const visited = new Set<string>();
  for (let current = indices; !visited.has(current); ) {
    visited.add(current);
    const node = constants.producer(current);
    if (node?.opType === 'Range') return true;
    if (!node || !counters.has(node.opType)) return false;
    current = node.input[0] ?? '';
  }
  return false;
}

/** The places that NonZero found, one a row: only whole rows are different. */
function isFound(indices: string, constants: Constants): boolean {
  const turned = constants.producer(indices);
  return turned?.opType === 'Transpose' && constants.producer(turned.input[0] ?? '')?.opType === 'NonZero';
}
