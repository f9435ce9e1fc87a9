// MatMul: vectors, matrices and stacks of matrices whose leading axes are broadcast.

import { type Batch, sumBatches } from '../batch-sums.js';
import type { Emitter } from '../emitter.js';
import { range, rankOf, transpose } from '../probed-shapes.js';
import type { Call, Rule } from '../rule.js';

export const matMulRule: Rule = {
  operators: ['MatMul'],
  required: 2,
  pullBack(call, emit) {
    const [a, b] = call.inputs.map((name) => rankOf(call.facts(name)));
    const gradient = withUnits(call, emit, a!, b!);
    return [
      call.wanted[0] ? ofFirst(call, emit, gradient, a!, b!) : null,
      call.wanted[1] ? ofSecond(call, emit, gradient, a!, b!) : null,
    ];
  },
};

/** The gradient with the axis of length 1 that a vector was promoted by and that the result lacks. */
function withUnits({ adjoints: [gradient] }: Call, emit: Emitter, a: number, b: number): string {
  const axes = [...(a === 1 ? [-2] : []), ...(b === 1 ? [-1] : [])];
  return axes.length === 0 ? gradient! : emit.op('Unsqueeze', [gradient!, emit.ints(axes)]);
}

function ofFirst(call: Call, emit: Emitter, gradient: string, a: number, b: number): string {
  const second = call.inputs[1]!;
  if (a === 2 && b === 2) return emit.op('Gemm', [gradient, second], { transB: 1 });
  const across = b === 1 ? emit.op('Unsqueeze', [second, emit.ints([0])]) : turned(emit, second, b);
  const found = sum(call, emit, 0, emit.op('MatMul', [gradient, across]));
  return a === 1 ? emit.op('Squeeze', [found, emit.ints([0])]) : found;
}

function ofSecond(call: Call, emit: Emitter, gradient: string, a: number, b: number): string {
  const first = call.inputs[0]!;
  if (a >= 2 && b <= 2) return ofShared(emit, first, gradient, b);
  const across = a === 1 ? emit.op('Unsqueeze', [first, emit.ints([1])]) : turned(emit, first, a);
  const found = sum(call, emit, 1, emit.op('MatMul', [across, gradient]));
  return b === 1 ? emit.op('Squeeze', [found, emit.ints([1])]) : found;
}

/** Of one matrix or vector that every matrix of a stack was multiplied by: one product of all their rows. */
function ofShared(emit: Emitter, first: string, gradient: string, b: number): string {
  const rows = (tensor: string) => emit.op('Flatten', [tensor], { axis: -1 });
  const found = emit.op('Gemm', [rows(first), rows(gradient)], { transA: 1 });
  return b === 1 ? emit.op('Squeeze', [found, emit.ints([1])]) : found;
}

function turned(emit: Emitter, tensor: string, rank: number): string {
  return transpose(emit, tensor, [...range(0, rank - 2), rank - 1, rank - 2]);
}

function sum({ inputs, outputs, facts }: Call, emit: Emitter, operand: number, product: string): string {
  const ranks = inputs.map((name) => rankOf(facts(name)));
  const batch = (tensor: string, inner: number): Batch => ({ tensor, facts: facts(tensor), inner });
  const vectors = ranks.filter((rank) => rank === 1).length;
  const own = Math.min(2, ranks[operand]!);
  return sumBatches(emit, product, batch(outputs[0]!, 2 - vectors), batch(inputs[operand]!, own));
}
