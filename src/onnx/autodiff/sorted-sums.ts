// Rows added up without a scatter: put in the order of their indices, laid out as one line of slots for each row of the
// result, and summed. Right with any number of threads, which share the work. A line has as many slots as the second most
// that any row takes: the row that takes the most is summed apart, as it may take half of all (the dummy atom of matrices).

import { tensorOf } from '../tensor-values.js';
import type { Emitter } from './emitter.js';

/**
 * [n, …] out of `gradient` [e, …].
 * @param indices int32 or int64 vector [e]; may hold duplicates and negative ones
 * @param rows n, an int64 vector of one
 */
export function sumSorted(emit: Emitter, gradient: string, indices: string, rows: string): string {
  const [zero, one] = [emit.ints([0]), emit.ints([1])];
  const count = emit.op('Shape', [indices]);
  const whole = emit.op('Cast', [indices], { to: 7 });
  const places = emit.op('Where', [emit.op('Less', [whole, zero]), emit.add(whole, rows), whole]);
  const [, order] = emit.ops('TopK', [places, count], 2, { axis: 0, largest: 0 });
  const filled = (length: string, value: number) =>
    emit.op('ConstantOfShape', [length], { value: tensorOf('int64', [value]) });
  // One more than there are, which takes nothing: no row at all is none too few for the operators below.
  const lineCount = emit.add(rows, one);
  const each = emit.op('ScatterElements', [filled(lineCount, 0), places, filled(count, 1)], {
    axis: 0,
    reduction: 'add',
  });
  const scalar = (value: number) => emit.constant(tensorOf('int64', [value], []));
  const scalarOne = scalar(1);
  const starts = emit.op('CumSum', [each, scalar(0)], { exclusive: 1 });

  const padded = emit.op('Pad', [gradient, emit.ints([0, 1]), '', zero]);
  const withNone = emit.op('Concat', [order!, count], { axis: 0 });
  const sumOf = (positions: string, axis: string) =>
    emit.op(
      'ReduceSum',
      [emit.op('Gather', [padded, emit.op('Gather', [withNone, positions])], { axis: 0 }), axis],
      {
        keepdims: 0,
      },
    );

  const top = emit.op('ArgMax', [each], { axis: 0, keepdims: 1 });
  const first = emit.op('Gather', [starts, top]);
  const last = emit.add(first, emit.op('Gather', [each, top]));
  const [from, to] = [first, last].map((bound) => emit.op('Squeeze', [bound, zero]));
  const own = emit.op('Concat', [emit.op('Range', [from!, to!, scalarOne]), count], { axis: 0 });
  const largest = emit.op('Unsqueeze', [sumOf(own, zero), zero]);

  const others = emit.op('ScatterElements', [each, top, emit.ints([0])], { axis: 0 });
  const most = emit.op('Max', [emit.op('ReduceMax', [others, zero], { keepdims: 0 }), scalarOne]);
  const slots = emit.op('Range', [scalar(0), most, scalarOne]);
  const [start, filledSlots] = [starts, others].map((vector) => emit.op('Unsqueeze', [vector, one]));
  const isFilled = emit.op('Less', [slots, filledSlots!]);
  const lines = emit.op('Where', [isFilled, emit.add(slots, start!), count]);
  const sums = emit.op('Concat', [sumOf(lines, one), largest], { axis: 0 });
  const itself = emit.op('Range', [scalar(0), emit.op('Squeeze', [rows, zero]), scalarOne]);
  return emit.op('Gather', [sums, emit.op('Where', [emit.op('Equal', [itself, top]), lineCount, itself])]);
}
