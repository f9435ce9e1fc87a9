// The adjoint of Gather: rows are added up where they were taken from. ScatterElements is right with any number of
// threads; ScatterND(add) loses updates to the same row above one.

import type { Emitter } from './emitter.js';
import { range } from './probed-shapes.js';

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
    return emit.op('ScatterND', [zeros, emit.op('Unsqueeze', [indices, emit.ints([-1])]), gradient], {
      reduction: 'add',
    });
  }
  const others = range(0, rank).filter((k) => k !== axis);
  const lifted = rank === 1 ? indices : emit.op('Unsqueeze', [indices, emit.ints(others)]);
  const everywhere = rank === 1 ? lifted : emit.op('Expand', [lifted, emit.op('Shape', [gradient])]);
  return emit.op('ScatterElements', [zeros, everywhere, gradient], { axis, reduction: 'add' });
}
