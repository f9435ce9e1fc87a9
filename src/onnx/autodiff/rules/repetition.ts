// Expand and Tile: what was repeated is summed.

import { range, rankOf, reshape } from '../probed-shapes.js';
import type { Rule } from '../rule.js';

export const expandRule: Rule = {
  operators: ['Expand'],
  pullBack({ inputs: [data], outputs: [result], adjoints: [gradient] }, emit) {
    return [emit.sumTo(gradient!, result!, data!), null];
  },
};

export const tileRule: Rule = {
  operators: ['Tile'],
  required: 2,
  pullBack({ inputs: [data, repeats], adjoints: [gradient], facts }, emit) {
    const rank = rankOf(facts(data!));
    if (rank === 0) return [gradient!, null];
    const column = (vector: string) => emit.op('Unsqueeze', [vector, emit.ints([1])]);
    const pairs = emit.op('Concat', [column(repeats!), column(emit.shapeOf(data!))], { axis: 1 });
    const copies = reshape(emit, gradient!, emit.op('Reshape', [pairs, emit.ints([-1])]));
    const counted = emit.ints(range(0, rank).map((axis) => 2 * axis));
    return [emit.op('ReduceSum', [copies, counted], { keepdims: 0 }), null];
  },
};
