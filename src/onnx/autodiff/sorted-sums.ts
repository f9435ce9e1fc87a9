// Rows added up without a scatter: put in the order of their indices, laid out as one line of slots for each row of the
// result, and summed. Right with any number of threads, which share the work.

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
  const each = emit.op('ScatterElements', [filled(rows, 0), places, filled(count, 1)], {
    axis: 0,
    reduction: 'add',
  });
  const scalar = (value: number) => emit.constant(tensorOf('int64', [value], []));
  const starts = emit.op('CumSum', [each, scalar(0)], { exclusive: 1 });
  const most = emit.op('ReduceMax', [each, zero], { keepdims: 0 });
  const slots = emit.op('Range', [scalar(0), most, scalar(1)]);
  const [start, own] = [starts, each].map((vector) => emit.op('Unsqueeze', [vector, one]));
  const taken = emit.op('Where', [emit.op('Less', [slots, own!]), emit.add(slots, start!), count]);
  const withNone = emit.op('Concat', [order!, count], { axis: 0 });
  const lines = emit.op('Gather', [withNone, taken]);
  const padded = emit.op('Pad', [gradient, emit.ints([0, 1]), '', zero]);
  return emit.op('ReduceSum', [emit.op('Gather', [padded, lines], { axis: 0 }), one], { keepdims: 0 });
}
