// Where, Clip, Max, Min: each element is one of several. What was not chosen gets exactly 0, whatever it was.

import type { Emitter } from '../emitter.js';
import type { Call, Rule } from '../rule.js';

export const whereRule: Rule = {
  operators: ['Where'],
  required: 3,
  masks: true,
  pullBack({ inputs: [condition, a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    const zero = emit.scalar(0, y!);
    return [
      null,
      wanted[1] ? emit.sumTo(emit.op('Where', [condition!, g!, zero]), y!, a!) : null,
      wanted[2] ? emit.sumTo(emit.op('Where', [condition!, zero, g!]), y!, b!) : null,
    ];
  },
};

/** On a bound the derivative is that of the input, as for PyTorch's clamp. */
export const clipRule: Rule = {
  operators: ['Clip'],
  masks: true,
  pullBack({ inputs: [x, low, high], outputs: [y], adjoints: [g], wanted }, emit) {
    const zero = emit.scalar(0, x!);
    const below = low && emit.op('Less', [x!, low]);
    const above = high && emit.op('Greater', [x!, high]);
    const where = (condition: string) => emit.op('Where', [condition, g!, zero]);
    const outside = below && above ? emit.op('Or', [below, above]) : below || above;
    return [
      outside ? emit.op('Where', [outside, zero, g!]) : g!,
      wanted[1] ? emit.sumTo(where(below!), y!, low!) : null,
      wanted[2] ? emit.sumTo(where(above!), y!, high!) : null,
    ];
  },
};

/** Where several inputs are the largest they share, as for PyTorch's maximum. */
export const extremeRule: Rule = {
  operators: ['Max', 'Min'],
  masks: true,
  pullBack(call, emit) {
    const { inputs, outputs, adjoints, wanted } = call;
    if (inputs.length === 1) return [adjoints[0]!];
    const chosen = inputs.map((name) => emit.op('CastLike', [emit.op('Equal', [name, outputs[0]!]), name]));
    const share = emit.div(adjoints[0]!, emit.op('Sum', chosen));
    return inputs.map((name, k) =>
      wanted[k] ? emit.sumTo(emit.mul(share, chosen[k]!), outputs[0]!, name) : null,
    );
  },
};

export const sumRule: Rule = {
  operators: ['Sum'],
  pullBack: (call, emit) => toEach(call, emit, call.adjoints[0]!),
};

export const meanRule: Rule = {
  operators: ['Mean'],
  pullBack(call, emit) {
    const count = emit.scalar(call.inputs.length, call.outputs[0]!);
    return toEach(call, emit, emit.div(call.adjoints[0]!, count));
  },
};

function toEach({ inputs, outputs, wanted }: Call, emit: Emitter, gradient: string) {
  return inputs.map((name, k) => (wanted[k] ? emit.sumTo(gradient, outputs[0]!, name) : null));
}
