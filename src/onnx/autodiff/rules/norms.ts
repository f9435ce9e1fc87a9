// ReduceL1, ReduceL2, ReduceLogSum, ReduceLogSumExp.

import type { Rule } from '../rule.js';
import { repeated, withKeptAxes } from './reduced-axes.js';

/** 0 where an element is 0. */
export const reduceL1Rule: Rule = {
  operators: ['ReduceL1'],
  pullBack(call, emit) {
    const g = withKeptAxes(call, emit, call.adjoints[0]!);
    return [emit.mul(g, emit.op('Sign', [call.inputs[0]!]))];
  },
};

/** x / y; 0 where the norm is 0, as in PyTorch. */
export const reduceL2Rule: Rule = {
  operators: ['ReduceL2'],
  pullBack(call, emit) {
    const [x] = call.inputs;
    const y = call.outputs[0]!;
    const zero = emit.scalar(0, x!);
    const scaled = emit.op('Where', [emit.op('Equal', [y, zero]), zero, emit.div(call.adjoints[0]!, y)]);
    return [emit.mul(withKeptAxes(call, emit, scaled), x!)];
  },
};

export const reduceLogSumRule: Rule = {
  operators: ['ReduceLogSum'],
  pullBack(call, emit) {
    const sum = emit.op('Exp', [call.outputs[0]!]);
    return [repeated(call, emit, emit.div(call.adjoints[0]!, sum))];
  },
};

/** The softmax; 0 where all elements are -∞. */
export const reduceLogSumExpRule: Rule = {
  operators: ['ReduceLogSumExp'],
  pullBack(call, emit) {
    const [x] = call.inputs;
    const y = call.outputs[0]!;
    const finite = emit.op('Where', [emit.op('IsInf', [y]), emit.scalar(0, x!), y]);
    const share = emit.op('Exp', [emit.sub(x!, withKeptAxes(call, emit, finite))]);
    return [emit.mul(withKeptAxes(call, emit, call.adjoints[0]!), share)];
  },
};
