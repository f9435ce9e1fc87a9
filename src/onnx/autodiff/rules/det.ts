// Det of 1×1, 2×2 and 3×3 matrices, single or stacked: the gradient is the matrix of cofactors, singular or not.

import { tensorOf } from '../../tensor-values.js';
import type { Emitter } from '../emitter.js';
import { fixedDims } from '../probed-shapes.js';
import { refusal } from '../refusal.js';
import type { Rule } from '../rule.js';

export const detRule: Rule = {
  operators: ['Det'],
  pullBack({ node, inputs: [matrix], adjoints: [gradient], facts }, emit) {
    const lifted = emit.op('Unsqueeze', [gradient!, emit.ints([-2, -1])]);
    switch (fixedDims(facts(matrix!)).at(-1)) {
      case 1:
        return [lifted];
      case 2:
        return [emit.mul(lifted, cofactorsOf2(emit, matrix!, facts(matrix!).type))];
      case 3:
        return [emit.mul(lifted, cofactorsOf3(emit, matrix!))];
      default:
        throw refusal(node, 'is of matrices larger than 3×3');
    }
  },
};

function cofactorsOf2(emit: Emitter, matrix: string, type: string): string {
  const turned = take(emit, take(emit, matrix, [1, 0], -2), [1, 0], -1);
  return emit.mul(turned, emit.constant(tensorOf(type, [1, -1, -1, 1], [2, 2])));
}

/** Element (i, j) is a(i+1, j+1)·a(i+2, j+2) − a(i+1, j+2)·a(i+2, j+1), indices modulo 3. */
function cofactorsOf3(emit: Emitter, matrix: string): string {
  const [next, last] = [
    [1, 2, 0],
    [2, 0, 1],
  ] as const;
  const at = (rows: readonly number[], columns: readonly number[]) =>
    take(emit, take(emit, matrix, rows, -2), columns, -1);
  return emit.sub(emit.mul(at(next, next), at(last, last)), emit.mul(at(next, last), at(last, next)));
}

function take(emit: Emitter, tensor: string, indices: readonly number[], axis: number): string {
  return emit.op('Gather', [tensor, emit.ints(indices)], { axis });
}
