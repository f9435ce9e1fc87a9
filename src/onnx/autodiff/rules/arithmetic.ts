// Add, Sub, Mul, Div, with broadcasting.

import type { Rule } from '../rule.js';

export const addRule: Rule = {
  operators: ['Add'],
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g] }, emit) {
    return [emit.sumTo(g!, y!, a!), emit.sumTo(g!, y!, b!)];
  },
};

export const subRule: Rule = {
  operators: ['Sub'],
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    return [emit.sumTo(g!, y!, a!), wanted[1] ? emit.neg(emit.sumTo(g!, y!, b!)) : null];
  },
};

export const mulRule: Rule = {
  operators: ['Mul'],
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    return [
      wanted[0] ? emit.sumTo(emit.mul(g!, b!), y!, a!) : null,
      wanted[1] ? emit.sumTo(emit.mul(g!, a!), y!, b!) : null,
    ];
  },
};

export const divRule: Rule = {
  operators: ['Div'],
  pullBack({ inputs: [a, b], outputs: [y], adjoints: [g], wanted }, emit) {
    const scaled = emit.div(g!, b!);
    return [
      wanted[0] ? emit.sumTo(scaled, y!, a!) : null,
      wanted[1] ? emit.neg(emit.sumTo(emit.mul(scaled, y!), y!, b!)) : null,
    ];
  },
};
