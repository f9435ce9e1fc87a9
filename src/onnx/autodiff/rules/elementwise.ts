// How rules of operators of one float input are put together: ∂E/∂x from x, y and ∂E/∂y.

import type { Emitter } from '../emitter.js';
import type { Call, Rule } from '../rule.js';

/** The tensors of a call of one float input, and how to write numbers of its type. */
export interface Elementwise {
  readonly x: string;
  readonly y: string;
  /** ∂E/∂y. */
  readonly g: string;
  readonly emit: Emitter;
  readonly call: Call;
  /** A scalar of the type of x. */
  number(value: number): string;
}

/** The rule of an operator whose other inputs, if any, carry no derivative. */
export function elementwise(operator: string, derivative: (of: Elementwise) => string): Rule {
  return {
    operators: [operator],
    pullBack(call, emit) {
      const { inputs, outputs, adjoints, wanted } = call;
      if (!wanted[0]) return inputs.map(() => null);
      const [x, y, g] = [inputs[0]!, outputs[0]!, adjoints[0]!];
      const number = (value: number) => emit.scalar(value, x);
      return [derivative({ x, y, g, emit, call, number }), ...inputs.slice(1).map(() => null)];
    },
  };
}

/** `kept` where `condition` holds, 0 elsewhere: what is computed where it does not may be infinite or NaN. */
export function only({ emit, number }: Elementwise, condition: string, kept: string): string {
  return emit.op('Where', [condition, kept, number(0)]);
}
