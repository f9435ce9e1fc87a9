// Softmax and LogSoftmax along one axis.

import type { Emitter } from '../emitter.js';
import { axisOf, rankOf } from '../probed-shapes.js';
import type { Call, Rule } from '../rule.js';

export const softmaxRule: Rule = {
  operators: ['Softmax'],
  pullBack(call, emit) {
    const [gradient, y] = [call.adjoints[0]!, call.outputs[0]!];
    return [emit.mul(y, emit.sub(gradient, sum(call, emit, emit.mul(gradient, y))))];
  },
};

export const logSoftmaxRule: Rule = {
  operators: ['LogSoftmax'],
  pullBack(call, emit) {
    const [gradient, y] = [call.adjoints[0]!, call.outputs[0]!];
    return [emit.sub(gradient, emit.mul(emit.op('Exp', [y]), sum(call, emit, gradient)))];
  },
};

function sum({ node, inputs: [data], facts }: Call, emit: Emitter, tensor: string): string {
  const axis = axisOf(node, -1, rankOf(facts(data!)));
  return emit.op('ReduceSum', [tensor, emit.ints([axis])], { keepdims: 1 });
}
