// Gradients of operands whose leading axes were broadcast: summed over what was repeated.

import type { Emitter } from './emitter.js';
import { range, rankOf, shapeFrom } from './probed-shapes.js';
import type { TensorFacts } from './tensor-facts.js';

/** Leading axes of a tensor, of which the last `inner` ones are left alone. */
export interface Batch {
  readonly tensor: string;
  readonly facts: TensorFacts;
  readonly inner: number;
}

/**
 * `gradient`, of the leading axes of `from` and others behind them, summed to the leading axes of `to`, which were
 * broadcast to those of `from`.
 */
export function sumBatches(emit: Emitter, gradient: string, from: Batch, to: Batch): string {
  const surplus = leading(from).rank - leading(to).rank;
  const found = leading(from).probes.map((dims, probe) =>
    range(0, dims.length).filter(
      (k) => k < surplus || (leading(to).probes[probe]![k - surplus] === 1 && dims[k] !== 1),
    ),
  );
  const agreed = found.every((axes) => `${axes}` === `${found[0]}`);
  if (agreed && found[0]!.length === 0) return gradient;
  const axes = agreed ? emit.ints(found[0]!) : repeatedAxes(emit, from, to, surplus);
  const summed = emit.op('ReduceSum', [gradient, axes], { keepdims: 1, noop_with_empty_axes: 1 });
  return surplus === 0 ? summed : emit.op('Squeeze', [summed, emit.ints(range(0, surplus))]);
}

function leading({ facts, inner }: Batch) {
  const rank = rankOf(facts) - inner;
  return { rank, probes: facts.probes.map((dims) => dims.slice(0, rank)) };
}

function repeatedAxes(emit: Emitter, from: Batch, to: Batch, surplus: number): string {
  const shape = (batch: Batch) => emit.op('Shape', [batch.tensor], { start: 0, end: leading(batch).rank });
  const padded = shapeFrom(emit, [...range(0, surplus).map(() => 1), shape(to)]);
  const differs = emit.op('Not', [emit.op('Equal', [padded, shape(from)])]);
  const always = emit.op('Less', [emit.ints(range(0, leading(from).rank)), emit.ints([surplus])]);
  return emit.op('Compress', [emit.ints(range(0, leading(from).rank)), emit.op('Or', [differs, always])], {
    axis: 0,
  });
}
