// Writes a system and its neighbor list into the input tensors of a model, each by its role.

import type { System } from '../../system/system.js';
import type { Binding, InputBinding } from './binding.js';
import { edgeFeed } from './edge-feeds.js';
import type { Feed } from './feed.js';
import { speciesFeed } from './species-feed.js';
import { createTensorBuffer, writeIntegers } from './tensor-buffer.js';

/** Feeds for systems of the atoms of `system`; what depends on the atoms alone is written here, once. */
export function createFeeds(binding: Binding, system: System): Feed[] {
  return binding.inputs.map((input) => ({ tensor: input.tensor, update: updater(input, binding, system) }));
}

function updater(input: InputBinding, binding: Binding, system: System): Feed['update'] {
  const n = system.numbers.length;
  const { lengthScale } = binding.units;
  switch (input.role) {
    case 'positions':
      return positionsFeed(input, n, lengthScale);
    case 'species':
      return speciesFeed(input, binding.species!, system.numbers);
    case 'cell':
      return cellFeed(input, lengthScale);
    case 'pbc':
      return always(input, system.pbc.map(Number), input.shape.length === 2 ? [1, 3] : [3]);
    case 'edges':
    case 'edge-centers':
    case 'edge-neighbors':
    case 'shifts':
    case 'cell-shifts':
      return edgeFeed(input, binding);
    case 'batch':
      return always(input, [0], [n]);
    case 'ptr':
      return always(input, [0, n], [2]);
    case 'atom-count':
      return always(input, [n], ones(input));
    case 'spin':
      return always(input, [1], ones(input));
    case 'constant':
      return always(input, input.constant!, constantDims(input));
    default:
      return always(input, [0], ones(input));
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

function positionDims(shape: InputBinding['shape'], n: number): number[] {
  if (shape.length === 1) return [3 * n];
  if (shape.length === 3) return [1, n, 3];
  return shape.length === 2 && typeof shape[1] === 'number' && shape[1] !== 3 ? [1, 3 * n] : [n, 3];
}

function cellFeed(input: InputBinding, lengthScale: number): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const dims =
    input.shape.length === 0
      ? [3, 3]
      : input.shape.map((dim, k) => (typeof dim === 'number' ? dim : k < input.shape.length - 2 ? 1 : 3));
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
  const fixed = input.shape.reduce<number>(
    (product, dim) => (typeof dim === 'number' ? product * dim : product),
    1,
  );
  let free = Math.max(1, input.constant!.length / fixed);
  return input.shape.map((dim) => {
    if (typeof dim === 'number') return dim;
    const size = free;
    free = 1;
    return size;
  });
}
