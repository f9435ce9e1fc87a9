// The neighbor list as edges of a graph. In a full list every pair stands both ways, so a model whose center is the
// second end of an edge gets each pair reversed, with the shift turned: its edges then come sorted by center too. A file
// that takes them as the one graph of a batch has a dimension of 1 in front of all of them.

import type { Pairs } from '../../neighbors/pairs.js';
import type { Binding, InputBinding } from './binding.js';
import { batched, edgesInRows } from './dimensions.js';
import type { Feed, Moment } from './feed.js';
import { createTensorBuffer, type NumberArray, writeIntegers } from './tensor-buffer.js';

export function edgeFeed(input: InputBinding, binding: Binding): Feed['update'] {
  const reversed = binding.neighbors.center === 'second';
  const sign = reversed && usesEdges(binding) ? -1 : 1;
  switch (input.role) {
    case 'edges':
      return edgesInRows(input.shape) ? edgeRows(input, reversed) : edgeColumns(input, reversed);
    case 'edge-centers':
      return edgeEnd(input, (pairs) => pairs.centers);
    case 'edge-neighbors':
      return edgeEnd(input, (pairs) => pairs.neighbors);
    case 'cell-shifts':
      return cellShifts(input, sign);
    default:
      return cartesianShifts(input, sign / binding.units.lengthScale);
  }
}

/** Only edges in one tensor have a first and a second end; two tensors say by their names which is the center. */
function usesEdges(binding: Binding): boolean {
  return binding.inputs.some((input) => input.role === 'edges');
}

/** [2,e] */
function edgeColumns(input: InputBinding, reversed: boolean): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return ({ pairs }) => {
    const { count, centers, neighbors } = pairs!;
    const target = buffer.reserve(2 * count);
    writeIntegers(reversed ? neighbors : centers, count, target, buffer.stride);
    writeIntegers(reversed ? centers : neighbors, count, target, buffer.stride, count);
    return buffer.tensor(batched(input, [2, count]));
  };
}

/** [e,2] */
function edgeRows(input: InputBinding, reversed: boolean): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return ({ pairs }) => {
    const { count, centers, neighbors } = pairs!;
    const target = buffer.reserve(2 * count);
    writeIntegers(reversed ? neighbors : centers, count, target, buffer.stride, 0, 2);
    writeIntegers(reversed ? centers : neighbors, count, target, buffer.stride, 1, 2);
    return buffer.tensor(batched(input, [count, 2]));
  };
}

/** [e] */
function edgeEnd(input: InputBinding, pick: (pairs: Pairs) => Int32Array): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return ({ pairs }) => {
    const { count } = pairs!;
    writeIntegers(pick(pairs!), count, buffer.reserve(count), buffer.stride);
    return buffer.tensor(batched(input, [count]));
  };
}

/** [e,3] whole numbers of lattice vectors, in an integer or a floating-point tensor. */
function cellShifts(input: InputBinding, sign: 1 | -1): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return ({ pairs }) => {
    const { count, shifts } = pairs!;
    const target = buffer.reserve(3 * count);
    if (buffer.stride === 2) {
      for (let k = 0; k < 3 * count; k++) {
        target[2 * k] = sign * shifts[k];
        target[2 * k + 1] = (sign * shifts[k]) >> 31;
      }
    } else {
      for (let k = 0; k < 3 * count; k++) target[k] = sign * shifts[k];
    }
    return buffer.tensor(batched(input, [count, 3]));
  };
}

/** [e,3] shift · cell */
function cartesianShifts(input: InputBinding, scale: number): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return ({ pairs, cell }: Moment) => {
    const { count, shifts } = pairs!;
    const target = buffer.reserve(3 * count);
    for (let k = 0; k < count; k++) writeShift(shifts, k, cell, scale, target, k);
    return buffer.tensor(batched(input, [count, 3]));
  };
}

/** Writes shift `from` of `shifts`, times the cell and `scale`, as vector `to` of `target`. */
export function writeShift(
  shifts: Int32Array,
  from: number,
  cell: Float64Array,
  scale: number,
  target: NumberArray,
  to: number,
): void {
  const a = shifts[3 * from];
  const b = shifts[3 * from + 1];
  const c = shifts[3 * from + 2];
  const k = 3 * to;
  if ((a | b | c) === 0) {
    target[k] = target[k + 1] = target[k + 2] = 0;
    return;
  }
  target[k] = scale * (a * cell[0] + b * cell[3] + c * cell[6]);
  target[k + 1] = scale * (a * cell[1] + b * cell[4] + c * cell[7]);
  target[k + 2] = scale * (a * cell[2] + b * cell[5] + c * cell[8]);
}
