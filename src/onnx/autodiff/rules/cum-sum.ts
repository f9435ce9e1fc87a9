// CumSum: summed from the other end.

import { intAttribute } from '../../attributes.js';
import type { Rule } from '../rule.js';

export const cumSumRule: Rule = {
  operators: ['CumSum'],
  required: 2,
  pullBack({ node, inputs: [, axis], adjoints: [gradient] }, emit) {
    const exclusive = intAttribute(node, 'exclusive', 0);
    const reverse = 1 - intAttribute(node, 'reverse', 0);
    return [emit.op('CumSum', [gradient!, axis!], { exclusive, reverse }), null];
  },
};
