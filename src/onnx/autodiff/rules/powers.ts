// Pow, Sqrt, Reciprocal. Roots have the derivative 0 at 0, where PyTorch's is infinite: atoms paired with themselves.

import type { Emitter } from '../emitter.js';
import type { Call, Rule } from '../rule.js';
import { elementwise } from './elementwise.js';

export const sqrtRule = elementwise('Sqrt', ({ x, y, g, emit }) => overRoot(g, x, y, emit));

export const reciprocalRule = elementwise('Reciprocal', ({ y, g, emit }) => {
  return emit.neg(emit.mul(g, emit.mul(y, y)));
});

export const powRule: Rule = {
  operators: ['Pow'],
  required: 2,
  pullBack(call, emit) {
    const { inputs, outputs, wanted } = call;
    const [x, exponent] = inputs;
    const y = outputs[0]!;
    const base = wanted[0] ? byBase(call, emit) : null;
    return [
      base && emit.sumTo(base, y, x!),
      wanted[1] ? emit.sumTo(byExponent(call, emit), y, exponent!) : null,
    ];
  },
};

function byBase(call: Call, emit: Emitter): string | null {
  const { inputs, outputs, adjoints } = call;
  const [x, exponent] = inputs;
  const [y, g] = [outputs[0]!, adjoints[0]!];
  const number = (value: number) => emit.scalar(value, x!);
  const n = uniform(call);
  if (n === undefined) {
    const power = emit.op('CastLike', [exponent!, x!]);
    const lower = emit.op('Pow', [x!, emit.sub(power, number(1))]);
    const none = emit.op('Equal', [power, number(0)]);
    return emit.op('Where', [none, number(0), emit.mul(g, emit.mul(power, lower))]);
  }
  if (n === 0) return null;
  if (n === 1) return g;
  if (n === 0.5) return overRoot(g, x!, y, emit);
  const scaled = emit.mul(g, number(n));
  if (n === 2) return emit.mul(scaled, x!);
  if (n === 3) return emit.mul(scaled, emit.mul(x!, x!));
  const product = emit.mul(scaled, emit.op('Pow', [x!, number(n - 1)]));
  return n < 0 || n > 1 ? product : zeroAtZero(product, x!, x!, emit);
}

/** y log(x); 0 at x = 0, where y does not vary. */
function byExponent({ inputs: [x, exponent], outputs: [y], adjoints: [g] }: Call, emit: Emitter): string {
  const logarithm = emit.op('CastLike', [emit.op('Log', [x!]), y!]);
  const product = zeroAtZero(emit.mul(g!, emit.mul(y!, logarithm)), x!, x!, emit);
  return emit.op('CastLike', [product, exponent!]);
}

/** The exponent where it is a constant and the same for all elements. */
function uniform(call: Call): number | undefined {
  const value = call.constant(call.inputs[1]!);
  if (!value || value.data.length === 0 || value.type.endsWith('float16')) return undefined;
  const [first] = value.data;
  return value.data.every((other: number | bigint) => other === first) ? Number(first) : undefined;
}

/** g / (2 y). */
function overRoot(g: string, x: string, y: string, emit: Emitter): string {
  return zeroAtZero(emit.div(emit.mul(g, emit.scalar(0.5, x)), y), y, x, emit);
}

function zeroAtZero(value: string, tensor: string, like: string, emit: Emitter): string {
  const zero = emit.scalar(0, like);
  return emit.op('Where', [emit.op('Equal', [tensor, zero]), zero, value]);
}
