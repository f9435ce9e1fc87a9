// Gemm: α·A′·B′ + β·C, either matrix transposed, C broadcast.

import { floatAttribute, intAttribute } from '../../attributes.js';
import type { Rule } from '../rule.js';

export const gemmRule: Rule = {
  operators: ['Gemm'],
  required: 2,
  pullBack({ node, inputs: [a, b, c], outputs: [y], adjoints: [g], wanted }, emit) {
    const transA = intAttribute(node, 'transA', 0);
    const transB = intAttribute(node, 'transB', 0);
    const alpha = { float: floatAttribute(node, 'alpha', 1) };
    const beta = floatAttribute(node, 'beta', 1);
    const product = (first: string, second: string, turnFirst: number, turnSecond: number) =>
      emit.op('Gemm', [first, second], { alpha, transA: turnFirst, transB: turnSecond });
    const ofA = () => (transA ? product(b!, g!, transB, 1) : product(g!, b!, 0, 1 - transB));
    const ofB = () => (transB ? product(g!, a!, 1, transA) : product(a!, g!, 1 - transA, 0));
    const ofC = () => {
      const summed = emit.sumTo(g!, y!, c!);
      return beta === 1 ? summed : emit.mul(summed, emit.scalar(beta, c!));
    };
    return [wanted[0] ? ofA() : null, wanted[1] ? ofB() : null, wanted[2] ? ofC() : null];
  },
};
