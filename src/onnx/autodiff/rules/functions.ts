// Elementary functions of one variable. At their poles (Asin and Acos at ±1, Log at 0, …) the derivative is infinite,
// as in PyTorch.

import type { Rule } from '../rule.js';
import { elementwise } from './elementwise.js';

export const functionRules: readonly Rule[] = [
  elementwise('Neg', ({ g, emit }) => emit.neg(g)),
  elementwise('Exp', ({ y, g, emit }) => emit.mul(g, y)),
  elementwise('Log', ({ x, g, emit }) => emit.div(g, x)),
  /** 0 at 0. */
  elementwise('Abs', ({ x, g, emit }) => emit.mul(g, emit.op('Sign', [x]))),
  elementwise('Sin', ({ x, g, emit }) => emit.mul(g, emit.op('Cos', [x]))),
  elementwise('Cos', ({ x, g, emit }) => emit.neg(emit.mul(g, emit.op('Sin', [x])))),
  elementwise('Tan', ({ y, g, emit, number }) => emit.mul(g, emit.add(emit.mul(y, y), number(1)))),
  elementwise('Asin', ({ x, g, emit, number }) => {
    return emit.div(g, emit.op('Sqrt', [emit.sub(number(1), emit.mul(x, x))]));
  }),
  elementwise('Acos', ({ x, g, emit, number }) => {
    return emit.neg(emit.div(g, emit.op('Sqrt', [emit.sub(number(1), emit.mul(x, x))])));
  }),
  elementwise('Atan', ({ x, g, emit, number }) => emit.div(g, emit.add(emit.mul(x, x), number(1)))),
  elementwise('Sinh', ({ x, g, emit }) => emit.mul(g, emit.op('Cosh', [x]))),
  elementwise('Cosh', ({ x, g, emit }) => emit.mul(g, emit.op('Sinh', [x]))),
  elementwise('Asinh', ({ x, g, emit, number }) => {
    return emit.div(g, emit.op('Sqrt', [emit.add(emit.mul(x, x), number(1))]));
  }),
  elementwise('Acosh', ({ x, g, emit, number }) => {
    return emit.div(g, emit.op('Sqrt', [emit.sub(emit.mul(x, x), number(1))]));
  }),
  elementwise('Atanh', ({ x, g, emit, number }) => emit.div(g, emit.sub(number(1), emit.mul(x, x)))),
  elementwise('Tanh', ({ y, g, emit, number }) => emit.mul(g, emit.sub(number(1), emit.mul(y, y)))),
  elementwise('Erf', ({ x, g, emit, number }) => {
    const bell = emit.op('Exp', [emit.neg(emit.mul(x, x))]);
    return emit.mul(g, emit.mul(bell, number(2 / Math.sqrt(Math.PI))));
  }),
];
