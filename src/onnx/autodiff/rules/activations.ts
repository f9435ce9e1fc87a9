// Activation functions. At kinks as in PyTorch: the side below, except where a line says otherwise.

import { floatAttribute, stringAttribute } from '../../attributes.js';
import type { Rule } from '../rule.js';
import { type Elementwise, elementwise, only } from './elementwise.js';

export const activationRules: readonly Rule[] = [
  elementwise('Sigmoid', ({ y, g, emit, number }) => emit.mul(g, emit.mul(y, emit.sub(number(1), y)))),
  elementwise('Softplus', ({ x, g, emit }) => emit.mul(g, emit.op('Sigmoid', [x]))),
  elementwise('Softsign', ({ x, g, emit, number }) => {
    const size = emit.add(emit.op('Abs', [x]), number(1));
    return emit.div(g, emit.mul(size, size));
  }),
  elementwise('Relu', (of) => only(of, above(of, 0), of.g)),
  elementwise('ThresholdedRelu', (of) => only(of, above(of, attribute(of, 'alpha', 1)), of.g)),
  elementwise('LeakyRelu', (of) => slopes(of, of.number(attribute(of, 'alpha', 0.01)))),
  elementwise('Elu', (of) => slopes(of, of.emit.add(of.y, of.number(attribute(of, 'alpha', 1))))),
  elementwise('Celu', (of) => {
    const { y, emit, number } = of;
    return slopes(of, emit.add(emit.div(y, number(attribute(of, 'alpha', 1))), number(1)));
  }),
  elementwise('Selu', (of) => {
    const { x, y, g, emit, number } = of;
    const gamma = attribute(of, 'gamma', 1.0507009873554805);
    const below = emit.add(y, number(gamma * attribute(of, 'alpha', 1.6732632423543772)));
    const positive = emit.op('Greater', [x, number(0)]);
    return emit.mul(g, emit.op('Where', [positive, number(gamma), below]));
  }),
  /** 0 at both kinks. */
  elementwise('HardSigmoid', (of) => {
    const { y, g, emit, number } = of;
    const rising = emit.op('And', [above(of, 0, y), emit.op('Less', [y, number(1)])]);
    return only(of, rising, emit.mul(g, number(attribute(of, 'alpha', 0.2))));
  }),
  /** 0 at -3, 1 at 3. */
  elementwise('HardSwish', (of) => {
    const { x, g, emit, number } = of;
    const middle = emit.add(emit.div(x, number(3)), number(0.5));
    const upper = emit.op('Where', [emit.op('Less', [x, number(3)]), middle, number(1)]);
    return only(of, above(of, -3), emit.mul(g, upper));
  }),
  elementwise('Mish', ({ x, g, emit, number }) => {
    const bent = emit.op('Tanh', [emit.op('Softplus', [x])]);
    const rest = emit.mul(emit.op('Sigmoid', [x]), emit.sub(number(1), emit.mul(bent, bent)));
    return emit.mul(g, emit.add(bent, emit.mul(x, rest)));
  }),
  elementwise('Swish', (of) => {
    const { x, y, g, emit, number } = of;
    const alpha = attribute(of, 'alpha', 1);
    const gate = emit.op('Sigmoid', [emit.mul(x, number(alpha))]);
    const rest = emit.mul(emit.mul(y, number(alpha)), emit.sub(number(1), gate));
    return emit.mul(g, emit.add(gate, rest));
  }),
  elementwise('Gelu', (of) => {
    const form = stringAttribute(of.call.node, 'approximate', 'none');
    return form === 'tanh' ? geluByTanh(of) : geluByErf(of);
  }),
];

export const pReluRule: Rule = {
  operators: ['PRelu'],
  required: 2,
  pullBack({ inputs: [x, slope], outputs: [y], adjoints: [g], wanted }, emit) {
    const zero = emit.scalar(0, x!);
    const positive = emit.op('Greater', [x!, zero]);
    return [
      wanted[0] ? emit.op('Where', [positive, g!, emit.mul(g!, slope!)]) : null,
      wanted[1] ? emit.sumTo(emit.op('Where', [positive, zero, emit.mul(g!, x!)]), y!, slope!) : null,
    ];
  },
};

/** d/dx x Φ(x) = Φ(x) + x φ(x). */
function geluByErf({ x, g, emit, number }: Elementwise): string {
  const erf = emit.op('Erf', [emit.mul(x, number(Math.SQRT1_2))]);
  const below = emit.mul(emit.add(erf, number(1)), number(0.5));
  const bell = emit.op('Exp', [emit.mul(emit.mul(x, x), number(-0.5))]);
  const density = emit.mul(bell, number(1 / Math.sqrt(2 * Math.PI)));
  return emit.mul(g, emit.add(below, emit.mul(x, density)));
}

/** y = x (1 + t) / 2 with t = tanh(√(2/π) (x + 0.044715 x³)). */
function geluByTanh({ x, g, emit, number }: Elementwise): string {
  const scale = Math.sqrt(2 / Math.PI);
  const square = emit.mul(x, x);
  const cubic = emit.add(emit.mul(square, number(0.044715 * scale)), number(scale));
  const t = emit.op('Tanh', [emit.mul(x, cubic)]);
  const slope = emit.add(emit.mul(square, number(3 * 0.044715 * scale)), number(scale));
  const rest = emit.mul(emit.mul(x, slope), emit.sub(number(1), emit.mul(t, t)));
  return emit.mul(g, emit.mul(emit.add(emit.add(t, number(1)), rest), number(0.5)));
}

/** 1 above zero, `below` at zero and below. */
function slopes({ x, g, emit, number }: Elementwise, below: string): string {
  const positive = emit.op('Greater', [x, number(0)]);
  return emit.op('Where', [positive, g, emit.mul(g, below)]);
}

function above({ x, emit, number }: Elementwise, bound: number, tensor = x): string {
  return emit.op('Greater', [tensor, number(bound)]);
}

function attribute({ call }: Elementwise, name: string, otherwise: number): number {
  return floatAttribute(call.node, name, otherwise);
}
