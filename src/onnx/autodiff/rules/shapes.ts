// Operators that only reorder or rename axes: Reshape, Flatten, Squeeze, Unsqueeze, Transpose.

import { intsAttribute } from '../../attributes.js';
import { range, rankOf, reshapeLike, transpose } from '../probed-shapes.js';
import type { Rule } from '../rule.js';

export const reshapeRule: Rule = {
  operators: ['Reshape', 'Flatten'],
  pullBack({ inputs: [data], adjoints: [gradient], facts }, emit) {
    return [reshapeLike(emit, gradient!, facts(data!), data!), null];
  },
};

export const squeezeRule: Rule = {
  operators: ['Squeeze'],
  pullBack({ inputs: [data, axes], adjoints: [gradient], facts }, emit) {
    if (!axes) return [reshapeLike(emit, gradient!, facts(data!), data!)];
    return [emit.op('Unsqueeze', [gradient!, axes]), null];
  },
};

export const unsqueezeRule: Rule = {
  operators: ['Unsqueeze'],
  required: 2,
  pullBack: ({ inputs: [, axes], adjoints: [gradient] }, emit) => [
    emit.op('Squeeze', [gradient!, axes!]),
    null,
  ],
};

export const transposeRule: Rule = {
  operators: ['Transpose'],
  pullBack({ node, inputs: [data], adjoints: [gradient], facts }, emit) {
    const axes = range(0, rankOf(facts(data!)));
    const order = intsAttribute(node, 'perm') ?? [...axes].reverse();
    return [
      transpose(
        emit,
        gradient!,
        axes.map((axis) => order.indexOf(axis)),
      ),
    ];
  },
};
