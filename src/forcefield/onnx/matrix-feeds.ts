// The neighbor list as a matrix: a row of neighbors for each atom, filled up to the width of the widest.

import { MdbenchError } from '../../errors.js';
import { type Binding, type InputBinding, rowsOf } from './binding.js';
import { batched } from './dimensions.js';
import { writeShift } from './edge-feeds.js';
import type { Feed, Moment } from './feed.js';
import type { GhostsOf } from './ghost-feeds.js';
import { createTensorBuffer } from './tensor-buffer.js';

/** Slots of a row at a moment: what the file fixes, or the most neighbors seen so far, in steps. */
export type MatrixRows = (moment: Moment) => number;

/** Free widths grow in steps of this many slots, so that the shape of the matrix rarely changes. */
const step = 8;

export function createMatrixRows({ neighbors }: Pick<Binding, 'neighbors'>): MatrixRows {
  let width = neighbors.width ?? 0;
  let last: Moment | null = null;
  return (moment) => {
    if (moment === last) return width;
    last = moment;
    const most = mostNeighbors(moment);
    if (most > width && neighbors.width !== null) throw tooMany(most, width);
    if (most > width || width === 0) width = Math.max(1, Math.ceil(most / step)) * step;
    return width;
  };
}

/** The matrix itself, its mask, or a shift for each of its slots. */
export function matrixFeed(
  input: InputBinding,
  binding: Binding,
  rows: MatrixRows,
  ghostsOf: GhostsOf,
): Feed['update'] {
  switch (input.role) {
    case 'neighbor-matrix':
      return indicesFeed(input, binding, rows, ghostsOf);
    case 'shifts':
      return cartesianFeed(input, binding, rows);
    case 'cell-shifts':
      return latticeFeed(input, binding, rows);
    default:
      return maskFeed(input, binding, rows);
  }
}

/** [r,m] */
function indicesFeed(
  input: InputBinding,
  binding: Binding,
  rows: MatrixRows,
  ghostsOf: GhostsOf,
): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const { pad, ghosts } = binding.neighbors;
  return (moment) => {
    const n = moment.system.numbers.length;
    const width = rows(moment);
    const count = rowsOf(binding, n);
    const neighbors = ghosts ? ghostsOf(moment).neighbors : moment.pairs!.neighbors;
    const target = buffer.reserve(count * width);
    const set = (slot: number, value: number) => {
      target[slot * buffer.stride] = value;
      if (buffer.stride === 2) target[2 * slot + 1] = value >> 31;
    };
    for (let row = 0; row < count; row++) {
      const filling = pad === 'atoms' ? n : pad === 'self' ? row : pad;
      const { start, end } = rangeOf(moment, row);
      for (let k = start; k < end; k++) set(row * width + k - start, neighbors[k]);
      for (let slot = end - start; slot < width; slot++) set(row * width + slot, filling);
    }
    return buffer.tensor(batched(input, [count, width]));
  };
}

/** [r,m] one where a neighbor is, or where there is none. */
function maskFeed(input: InputBinding, binding: Binding, rows: MatrixRows): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const real = input.role === 'neighbor-mask' ? 1 : 0;
  return (moment) => {
    const width = rows(moment);
    const count = rowsOf(binding, moment.system.numbers.length);
    const target = buffer.reserve(count * width);
    target.fill(0, 0, count * width * buffer.stride);
    for (let row = 0; row < count; row++) {
      const { start, end } = rangeOf(moment, row);
      const [from, to] = real ? [0, end - start] : [end - start, width];
      for (let slot = from; slot < to; slot++) target[(row * width + slot) * buffer.stride] = 1;
    }
    return buffer.tensor(batched(input, [count, width]));
  };
}

/** [r,m,3] shift · cell */
function cartesianFeed(input: InputBinding, binding: Binding, rows: MatrixRows): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  const scale = 1 / binding.units.lengthScale;
  return (moment) => {
    const width = rows(moment);
    const count = rowsOf(binding, moment.system.numbers.length);
    const target = buffer.reserve(3 * count * width);
    target.fill(0, 0, 3 * count * width);
    forEachSlot(moment, count, width, (pair, slot) =>
      writeShift(moment.pairs!.shifts, pair, moment.cell, scale, target, slot),
    );
    return buffer.tensor(batched(input, [count, width, 3]));
  };
}

/** [r,m,3] whole numbers of lattice vectors, in an integer or a floating-point tensor. */
function latticeFeed(input: InputBinding, binding: Binding, rows: MatrixRows): Feed['update'] {
  const buffer = createTensorBuffer(input.type);
  return (moment) => {
    const { shifts } = moment.pairs!;
    const width = rows(moment);
    const count = rowsOf(binding, moment.system.numbers.length);
    const target = buffer.reserve(3 * count * width);
    target.fill(0, 0, 3 * count * width * buffer.stride);
    forEachSlot(moment, count, width, (pair, slot) => {
      for (let d = 0; d < 3; d++) {
        const value = shifts[3 * pair + d];
        target[(3 * slot + d) * buffer.stride] = value;
        if (buffer.stride === 2) target[2 * (3 * slot + d) + 1] = value >> 31;
      }
    });
    return buffer.tensor(batched(input, [count, width, 3]));
  };
}

function forEachSlot(
  moment: Moment,
  rows: number,
  width: number,
  visit: (pair: number, slot: number) => void,
): void {
  for (let row = 0; row < rows; row++) {
    const { start, end } = rangeOf(moment, row);
    for (let k = start; k < end; k++) visit(k, row * width + k - start);
  }
}

/** The pairs of a row; rows beyond the atoms have none. */
function rangeOf({ pairs, system }: Moment, row: number): { start: number; end: number } {
  if (row >= system.numbers.length) return { start: 0, end: 0 };
  return { start: pairs!.first[row], end: pairs!.first[row + 1] };
}

function mostNeighbors({ pairs, system }: Moment): number {
  const { first } = pairs!;
  let most = 0;
  for (let atom = 0; atom < system.numbers.length; atom++)
    most = Math.max(most, first[atom + 1] - first[atom]);
  return most;
}

function tooMany(most: number, width: number): MdbenchError {
  return new MdbenchError(
    'unbindable-inputs',
    `An atom has ${most} neighbors within the cutoff, and the neighbor matrix of the model has room for ${width}.`,
    'Export the model with a dynamic axis for the neighbors, or choose a less dense system.',
  );
}
