// The derivative by a homogeneous strain x → x (1 + ε) of everything that is a length: Σ xᵀ ∂E/∂x.

import { MdbenchError } from '../../errors.js';
import { tensorOf } from '../tensor-values.js';
import type { Emitter } from './emitter.js';
import type { TensorFacts } from './tensor-facts.js';

/** Rows of three lengths in any shape, and ∂E/∂ of them; null where the energy does not depend on them. */
export interface Lengths {
  readonly tensor: string;
  readonly gradient: string | null;
}

/** ∂E/∂ε, [3, 3], symmetric; zeros where the energy depends on none of `lengths`. */
export function strainDerivative(
  lengths: readonly Lengths[],
  facts: (tensor: string) => TensorFacts,
  emit: Emitter,
): string {
  const terms = lengths.flatMap(({ tensor, gradient }) => {
    if (gradient === null) return [];
    const rows = asRows(tensor, tensor, facts(tensor), emit);
    return [
      emit.op('MatMul', [
        emit.op('Transpose', [rows], { perm: [1, 0] }),
        asRows(gradient, tensor, facts(tensor), emit),
      ]),
    ];
  });
  if (terms.length === 0) {
    const { type } = facts(lengths[0]!.tensor);
    return emit.constant(tensorOf(type, new Array(9).fill(0), [3, 3]));
  }
  const sum = terms.reduce((a, b) => emit.add(a, b));
  const twice = emit.add(sum, emit.op('Transpose', [sum], { perm: [1, 0] }));
  return emit.mul(twice, emit.scalar(0.5, lengths[0]!.tensor));
}

/** |det cell| of nine numbers whose rows are the vectors, a scalar. */
export function volume(cell: string, emit: Emitter): string {
  const square = emit.op('Reshape', [cell, emit.ints([3, 3])]);
  const turned = (order: readonly number[]) => emit.op('Gather', [square, emit.ints(order)], { axis: 1 });
  const rows = (matrix: string) => emit.ops('Split', [matrix], 3, { axis: 0, num_outputs: 3 });
  const [a] = rows(square);
  const [, b1, c1] = rows(turned([1, 2, 0]));
  const [, b2, c2] = rows(turned([2, 0, 1]));
  const cross = emit.sub(emit.mul(b1!, c2!), emit.mul(b2!, c1!));
  return emit.op('Abs', [emit.op('ReduceSum', [emit.mul(a!, cross)], { keepdims: 0 })]);
}

function asRows(value: string, tensor: string, { probes }: TensorFacts, emit: Emitter): string {
  if (
    probes.some((dims) => dims.reduce((product, dim) => product * dim, 1) % 3 !== 0 || dims.at(-1)! % 3 !== 0)
  ) {
    throw new MdbenchError(
      'not-differentiable',
      `The derivative by strain is not known: the input "${tensor}" of shape [${probes[0]}] does not hold rows of three lengths.`,
      'Give the roles of the inputs in a manifest, or measure without stress.',
    );
  }
  const rows = probes.every((dims) => dims.length === 2 && dims[1] === 3);
  return rows ? value : emit.op('Reshape', [value, emit.ints([-1, 3])]);
}
