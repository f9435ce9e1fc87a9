// Neighbors in compressed form: how many each atom has, and one list of all of them, center by center.

import type { Binding, InputBinding } from './binding.js';
import { batched } from './dimensions.js';
import type { Feed } from './feed.js';
import type { GhostsOf } from './ghost-feeds.js';
import { createTensorBuffer, writeIntegers } from './tensor-buffer.js';

export function compressedFeed(input: InputBinding, binding: Binding, ghostsOf: GhostsOf): Feed['update'] {
  return input.role === 'neighbor-counts'
    ? countsFeed(input, binding, ghostsOf)
    : listFeed(input, binding, ghostsOf);
}

/** Ghosts have none. */
function countsFeed(input: InputBinding, { neighbors }: Binding, ghostsOf: GhostsOf): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  let counts = new Int32Array(0);
  return (moment) => {
    const { first } = moment.pairs!;
    const n = moment.system.numbers.length;
    const rows = neighbors.ghosts ? ghostsOf(moment).count : n;
    if (counts.length < rows) counts = new Int32Array(Math.ceil(1.5 * rows));
    counts.fill(0);
    for (let atom = 0; atom < n; atom++) counts[atom] = first[atom + 1] - first[atom];
    writeIntegers(counts, rows, buffer.reserve(rows), buffer.stride);
    return buffer.tensor(batched(input, [rows]));
  };
}

function listFeed(input: InputBinding, { neighbors }: Binding, ghostsOf: GhostsOf): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return (moment) => {
    const { count } = moment.pairs!;
    const indices = neighbors.ghosts ? ghostsOf(moment).neighbors : moment.pairs!.neighbors;
    writeIntegers(indices, count, buffer.reserve(count), buffer.stride);
    return buffer.tensor(batched(input, [count]));
  };
}
