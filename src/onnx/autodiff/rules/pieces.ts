// Concat and Split: each the adjoint of the other.

import { axisOf, dimOf, rankOf, shapeFrom } from '../probed-shapes.js';
import type { Rule } from '../rule.js';

export const concatRule: Rule = {
  operators: ['Concat'],
  pullBack({ node, inputs, adjoints: [gradient], wanted, facts }, emit) {
    const axis = axisOf(node, 0, rankOf(facts(inputs[0]!)));
    const sizes = inputs.map((name) => dimOf(emit, facts(name), name, axis));
    const parts = emit.ops('Split', [gradient!, shapeFrom(emit, sizes)], inputs.length, { axis });
    return parts.map((part, k) => (wanted[k] ? part : null));
  },
};

export const splitRule: Rule = {
  operators: ['Split'],
  pullBack({ node, inputs: [data], outputs, adjoints, facts }, emit) {
    const axis = axisOf(node, 0, rankOf(facts(data!)));
    const parts = adjoints.map((gradient, k) => gradient ?? emit.zerosLike(outputs[k]!));
    return [emit.op('Concat', parts, { axis }), null];
  },
};
