// ReduceMax, ReduceMin, ReduceProd.

import type { Rule } from '../rule.js';
import { reducedLike, withKeptAxes } from './reduced-axes.js';

/** Where several elements are the largest they share, as for PyTorch's amax. */
export const reducedExtremeRule: Rule = {
  operators: ['ReduceMax', 'ReduceMin'],
  pullBack(call, emit) {
    const [x] = call.inputs;
    const y = withKeptAxes(call, emit, call.outputs[0]!);
    const chosen = emit.op('CastLike', [emit.op('Equal', [x!, y]), x!]);
    const share = emit.div(call.adjoints[0]!, reducedLike(call, emit, 'ReduceSum', chosen));
    return [emit.mul(withKeptAxes(call, emit, share), chosen)];
  },
};

/** The product of the others: what is not zero divides it out, a single zero gets the product of the rest. */
export const reducedProductRule: Rule = {
  operators: ['ReduceProd'],
  pullBack(call, emit) {
    const [x] = call.inputs;
    const number = (value: number) => emit.scalar(value, x!);
    const zero = emit.op('Equal', [x!, number(0)]);
    const rest = emit.op('Where', [zero, number(1), x!]);
    const zeros = reducedLike(call, emit, 'ReduceSum', emit.op('CastLike', [zero, x!]));
    const product = emit.mul(call.adjoints[0]!, reducedLike(call, emit, 'ReduceProd', rest));
    const where = (count: number) => {
      const counted = emit.op('Equal', [zeros, number(count)]);
      return withKeptAxes(call, emit, emit.op('Where', [counted, product, number(0)]));
    };
    return [emit.op('Where', [zero, where(1), emit.div(where(0), rest)])];
  },
};
