// Compress, TopK and Trilu: what was selected goes back to its place, what was left out gets nothing.

import { intAttribute } from '../../attributes.js';
import { axisOf, dimOf, dimsOf, rankOf, reshape, shapeFrom, sizeOf } from '../probed-shapes.js';
import { placeRows } from '../row-placement.js';
import type { Rule } from '../rule.js';

export const compressRule: Rule = {
  operators: ['Compress'],
  required: 2,
  pullBack({ node, inputs: [data, condition], adjoints: [gradient], facts }, emit) {
    const selected = emit.op('Squeeze', [emit.op('NonZero', [condition!]), emit.ints([0])]);
    if (node.attribute.some(({ name }) => name === 'axis')) {
      const axis = axisOf(node, 0, rankOf(facts(data!)));
      const rows = dimOf(emit, facts(data!), data!, axis);
      return [placeRows(emit, gradient!, selected, rows, axis), null];
    }
    const dims = dimsOf(emit, facts(data!), data!);
    const flat = placeRows(emit, gradient!, selected, sizeOf(emit, dims), 0);
    return [reshape(emit, flat, shapeFrom(emit, dims)), null];
  },
};

export const topKRule: Rule = {
  operators: ['TopK'],
  required: 2,
  pullBack({ node, inputs: [data, count], outputs: [, indices], adjoints: [gradient], facts }, emit) {
    const axis = axisOf(node, -1, rankOf(facts(data!)));
    const largest = intAttribute(node, 'largest', 1);
    const places = indices || emit.ops('TopK', [data!, count!], 2, { axis, largest })[1]!;
    return [emit.op('ScatterElements', [emit.zerosLike(data!), places, gradient!], { axis }), null];
  },
};

export const triluRule: Rule = {
  operators: ['Trilu'],
  pullBack({ node, inputs: [, k], adjoints: [gradient] }, emit) {
    const upper = intAttribute(node, 'upper', 1);
    return [emit.op('Trilu', k ? [gradient!, k] : [gradient!], { upper }), null];
  },
};
