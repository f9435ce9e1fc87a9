// ReduceSum, ReduceMean, ReduceSumSquare.

import type { Rule } from '../rule.js';
import { reducedCount, repeated, withKeptAxes } from './reduced-axes.js';

export const reduceSumRule: Rule = {
  operators: ['ReduceSum'],
  pullBack: (call, emit) => [repeated(call, emit, call.adjoints[0]!)],
};

export const reduceMeanRule: Rule = {
  operators: ['ReduceMean'],
  pullBack: (call, emit) => [repeated(call, emit, emit.div(call.adjoints[0]!, reducedCount(call, emit)))],
};

export const reduceSumSquareRule: Rule = {
  operators: ['ReduceSumSquare'],
  pullBack(call, emit) {
    const [x] = call.inputs;
    const twice = emit.mul(call.adjoints[0]!, emit.scalar(2, x!));
    return [emit.mul(withKeptAxes(call, emit, twice), x!)];
  },
};
