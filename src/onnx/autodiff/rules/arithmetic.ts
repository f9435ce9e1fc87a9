// Add, Sub, Mul, Div, Mod, with broadcasting.

import type { Rule } from '../rule.js';

export const addRule: Rule = {
  operators: ['Add'],
  required: 2,
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    return [wanted[0] ? emit.sumTo(g!, y!, a!) : null, wanted[1] ? emit.sumTo(g!, y!, b!) : null];
  },
};

export const subRule: Rule = {
  operators: ['Sub'],
  required: 2,
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    return [wanted[0] ? emit.sumTo(g!, y!, a!) : null, wanted[1] ? emit.neg(emit.sumTo(g!, y!, b!)) : null];
  },
};

export const mulRule: Rule = {
  operators: ['Mul'],
  required: 2,
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    return [
      wanted[0] ? emit.sumTo(emit.mul(g!, b!), y!, a!) : null,
      wanted[1] ? emit.sumTo(emit.mul(g!, a!), y!, b!) : null,
    ];
  },
};

export const divRule: Rule = {
  operators: ['Div'],
  required: 2,
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    const scaled = emit.div(g!, b!);
    return [
      wanted[0] ? emit.sumTo(scaled, y!, a!) : null,
      wanted[1] ? emit.neg(emit.sumTo(emit.mul(scaled, y!), y!, b!)) : null,
    ];
  },
};

/** fmod: y = a - trunc(a / b) b, whose whole number does not vary but where it jumps. */
export const modRule: Rule = {
  operators: ['Mod'],
  required: 2,
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    const turns = () => emit.div(emit.sub(y!, a!), b!);
    return [
      wanted[0] ? emit.sumTo(g!, y!, a!) : null,
      wanted[1] ? emit.sumTo(emit.mul(g!, turns()), y!, b!) : null,
    ];
  },
};
