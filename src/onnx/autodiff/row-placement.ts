// The adjoint of taking rows that are all different: each row goes back to its place, zeros where none was taken.
// A gather by the inverse of the indices, which several threads share, where a scatter is serial.

import type { Emitter } from './emitter.js';
import { counting, type ShapePart, shapeFrom } from './probed-shapes.js';

/**
 * @param gradient one row along `axis` for each index
 * @param indices int64 vector without duplicates, or the numbers
 * @param rows how many there are along `axis` in the result
 */
export function placeRows(
  emit: Emitter,
  gradient: string,
  indices: string | readonly number[],
  rows: ShapePart,
  axis: number,
): string {
  if (typeof indices !== 'string' && typeof rows === 'number' && followEachOther(indices, rows)) {
    const before = (indices[0]! + rows) % rows;
    const pads = emit.ints([before, rows - before - indices.length]);
    return emit.op('Pad', [gradient, pads, '', emit.ints([axis])]);
  }
  const count = emit.op('Shape', [gradient], { start: axis, end: axis + 1 });
  const inverse =
    typeof indices === 'string' || typeof rows === 'string'
      ? inverseAtRunTime(emit, typeof indices === 'string' ? indices : emit.ints(indices), count, rows)
      : emit.ints(inverseOf(indices, rows));
  const all = typeof indices !== 'string' && indices.length === rows;
  return emit.op('Gather', [all ? gradient : withZeroRow(emit, gradient, axis), inverse], { axis });
}

function followEachOther(indices: readonly number[], rows: number): boolean {
  const places = indices.map((index) => (index + rows) % rows);
  return places.length > 0 && places.every((place, k) => place === places[0]! + k);
}

/** Row k of the result is row `inverse[k]` of the gradient; the row behind its last is zero. */
function inverseOf(indices: readonly number[], rows: number): number[] {
  const inverse = new Array<number>(rows).fill(indices.length);
  indices.forEach((index, k) => {
    inverse[index < 0 ? index + rows : index] = k;
  });
  return inverse;
}

function inverseAtRunTime(emit: Emitter, indices: string, count: string, rows: ShapePart): string {
  const nothing = emit.op('Expand', [count, shapeFrom(emit, [rows])]);
  return emit.op('ScatterElements', [nothing, indices, counting(emit, count)], { axis: 0 });
}

function withZeroRow(emit: Emitter, gradient: string, axis: number): string {
  return emit.op('Pad', [gradient, emit.ints([0, 1]), '', emit.ints([axis])]);
}
