// Writes a system and its neighbor list into the input tensors of a model, each by its role.

import type { System } from '../../system/system.js';
import { fixedElements } from './bind-sizes.js';
import { type Binding, type InputBinding, rowsOf } from './binding.js';
import { compressedFeed } from './compressed-feeds.js';
import { batched, cellDims, isFlat } from './dimensions.js';
import { edgeFeed } from './edge-feeds.js';
import { createEdgeFilling } from './edge-filling.js';
import type { Feed } from './feed.js';
import { createGhosts, type GhostsOf, ghostFeed } from './ghost-feeds.js';
import { createMatrixRows, type MatrixRows, matrixFeed } from './matrix-feeds.js';
import { createNearPairs } from './near-pairs.js';
import { speciesFeed } from './species-feed.js';
import { createTensorBuffer, writeIntegers } from './tensor-buffer.js';

/** Å between rows that hold no atom. */
const farAway = 1000;

/** Feeds for systems of the atoms of `system`; what depends on the atoms alone is written here, once. */
export function createFeeds(binding: Binding, system: System): Feed[] {
  const context = {
    binding,
    system,
    ghosts: createGhosts(system.numbers.length),
    rows: createMatrixRows(binding),
    long: longRows(binding),
  };
  const filled = createEdgeFilling(binding, system.numbers.length);
  const near = createNearPairs(binding);
  return binding.inputs.map((input) => {
    const update = updater(input, context);
    const own = input.role.startsWith('long-') ? null : (filled ?? near);
    return { tensor: input.tensor, update: own ? (moment) => update(own(moment)) : update };
  });
}

interface Context {
  readonly binding: Binding;
  readonly system: System;
  readonly ghosts: GhostsOf;
  readonly rows: MatrixRows;
  /** Of the second matrix, which may be of another width. */
  readonly long: MatrixRows;
}

function longRows({ inputs, neighbors }: Binding): MatrixRows {
  const width = inputs.find(({ role }) => role === 'long-neighbor-matrix')?.shape.at(-1);
  return createMatrixRows({ neighbors: { ...neighbors, width: typeof width === 'number' ? width : null } });
}

function updater(input: InputBinding, { binding, system, ghosts, rows, long }: Context): Feed['update'] {
  const n = system.numbers.length;
  const { lengthScale } = binding.units;
  switch (input.role) {
    case 'positions':
      return positionsFeed(input, n, lengthScale);
    case 'tail-positions':
      return tailPositionsFeed(input, rowsOf(binding, n) - n, lengthScale);
    case 'species':
      return speciesFeed(input, binding, system.numbers);
    case 'cell':
      return cellFeed(input, lengthScale);
    case 'pbc':
      return always(input, system.pbc.map(Number), input.shape.length === 2 ? [1, 3] : [3]);
    case 'edges':
    case 'edge-centers':
    case 'edge-neighbors':
      return edgeFeed(input, binding);
    case 'shifts':
    case 'cell-shifts':
      return binding.neighbors.layout === 'matrix'
        ? matrixFeed(input, binding, rows, ghosts)
        : edgeFeed(input, binding);
    case 'neighbor-matrix':
    case 'neighbor-mask':
    case 'padding-mask':
      return matrixFeed(input, binding, rows, ghosts);
    case 'long-neighbor-matrix':
      return matrixFeed({ ...input, role: 'neighbor-matrix' }, binding, long, ghosts);
    case 'long-cell-shifts':
      return matrixFeed({ ...input, role: 'cell-shifts' }, binding, long, ghosts);
    case 'neighbor-list':
    case 'neighbor-counts':
      return compressedFeed(input, binding, ghosts);
    case 'ghost-sources':
    case 'ghost-shifts':
    case 'ghost-species':
    case 'mapping':
    case 'contributing':
      return ghostFeed(input, binding, system.numbers, ghosts);
    case 'batch':
      return always(input, [0], batched(input, [rowsOf(binding, n)]));
    case 'ptr':
      return always(input, [0, n], [2]);
    case 'atom-count':
      return always(input, [n], ones(input));
    case 'spin':
      return always(input, [input.value ?? 1], ones(input));
    case 'constant':
      return always(input, input.constant!, constantDims(input));
    case 'charge':
    case 'head':
      return always(input, [input.value ?? 0], ones(input));
    default:
      throw new Error(`nothing feeds ${input.role}: a model that takes them runs behind its front`);
  }
}

function positionsFeed(input: InputBinding, n: number, lengthScale: number): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const target = buffer.reserve(3 * n);
  const dims = positionDims(input.shape, n);
  const scale = 1 / lengthScale;
  return ({ system: { positions } }) => {
    for (let k = 0; k < 3 * n; k++) target[k] = positions[k] * scale;
    return buffer.tensor(dims);
  };
}

/** Positions of rows without an atom: on a line, far from the atoms and from one another. */
function tailPositionsFeed(input: InputBinding, rows: number, lengthScale: number): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const target = buffer.reserve(3 * rows).fill(0);
  return ({ system: { positions } }) => {
    let far = 0;
    for (let k = 0; k < positions.length; k += 3) far = Math.max(far, positions[k]);
    for (let row = 0; row < rows; row++) target[3 * row] = (far + farAway * (row + 1)) / lengthScale;
    return buffer.tensor([rows, 3]);
  };
}

function positionDims(shape: InputBinding['shape'], n: number): number[] {
  if (shape.length === 1) return [3 * n];
  if (shape.length === 3) return [1, n, 3];
  return isFlat(shape) ? [1, 3 * n] : [n, 3];
}

function cellFeed(input: InputBinding, lengthScale: number): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const dims = cellDims(input.shape);
  const diagonal = dims.length === 1 && dims[0] === 3;
  const target = buffer.reserve(diagonal ? 3 : 9);
  return ({ cell }) => {
    for (let k = 0; k < target.length; k++) target[k] = cell[diagonal ? 4 * k : k] / lengthScale;
    return buffer.tensor(dims);
  };
}

/** A tensor of the same numbers in every call; a single number fills it. */
function always(input: InputBinding, values: readonly number[], dims: readonly number[]): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const size = dims.reduce((product, dim) => product * dim, 1);
  const filled = values.length === 1 ? new Array<number>(size).fill(values[0]) : values;
  const target = buffer.reserve(size);
  if (target instanceof Int32Array) writeIntegers(Int32Array.from(filled), size, target, buffer.stride);
  else target.set(filled);
  const tensor = buffer.tensor(dims);
  return () => tensor;
}

function ones(input: InputBinding): number[] {
  return input.shape.map(() => 1);
}

function constantDims(input: InputBinding): number[] {
  let free = Math.max(1, input.constant!.length / fixedElements(input.shape));
  return input.shape.map((dim) => {
    if (typeof dim === 'number') return dim;
    const size = free;
    free = 1;
    return size;
  });
}
