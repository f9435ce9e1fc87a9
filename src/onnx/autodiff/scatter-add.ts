// The adjoint of Gather: rows are added up where they were taken from. 64 numbers a row, 2000 rows to 64 and 16 000 to
// 512, one thread, ms: ScatterElements 1.1 and 97, ScatterND 0.06 and 0.3, sorted sums 0.2 and 17 (a loaded machine).

import type { Emitter } from './emitter.js';
import { range } from './probed-shapes.js';
import { sumSorted } from './sorted-sums.js';

/**
 * What is added to each row of `like` (of `rank`) along `axis`.
 * @param gradient of the shape of `like`, but for `axis`, which has as many rows as there are indices
 * @param indices int32 or int64 vector; may hold duplicates and negative ones
 * @param like a tensor of the original graph
 */
export function scatterAdd(
  emit: Emitter,
  gradient: string,
  indices: string,
  like: string,
  axis: number,
  rank: number,
): string {
  return scatterAddInto(emit, emit.zerosLike(like), gradient, indices, axis, rank);
}

/** The same into zeros of a shape that no tensor of the original graph has. */
export function scatterAddInto(
  emit: Emitter,
  zeros: string,
  gradient: string,
  indices: string,
  axis: number,
  rank: number,
): string {
  if (emit.accumulation === 'nd' && axis === 0 && rank > 1) {
    const column = emit.op('Unsqueeze', [emit.op('Cast', [indices], { to: 7 }), emit.ints([-1])]);
    return emit.op('ScatterND', [zeros, column, gradient], { reduction: 'add' });
  }
  if (emit.accumulation === 'sorted' && axis === 0) {
    return sumSorted(emit, gradient, indices, emit.op('Shape', [zeros], { start: 0, end: 1 }));
  }
  const others = range(0, rank).filter((k) => k !== axis);
  const lifted = rank === 1 ? indices : emit.op('Unsqueeze', [indices, emit.ints(others)]);
  const everywhere = rank === 1 ? lifted : emit.op('Expand', [lifted, emit.op('Shape', [gradient])]);
  return emit.op('ScatterElements', [zeros, everywhere, gradient], { axis, reduction: 'add' });
}
