// Einsum in its general form. The gradient of an operand is the Einsum of the other operands and the result's gradient
// over the letters that they have; letters that it alone has are repeated, letters that it repeats lie on a diagonal.

import { stringAttribute } from '../../attributes.js';
import { type EinsumEquation, parseEquation } from '../einsum-equation.js';
import { cheapestOrder, type Factor } from '../einsum-order.js';
import type { Emitter } from '../emitter.js';
import { counting, dimOf, range, rankOf } from '../probed-shapes.js';
import { refusal } from '../refusal.js';
import type { Call, Rule } from '../rule.js';

export const einsumRule: Rule = {
  operators: ['Einsum'],
  pullBack(call, emit) {
    const text = stringAttribute(call.node, 'equation', '');
    const equation = parseEquation(
      text,
      call.inputs.map((name) => rankOf(call.facts(name))),
    );
    if (!equation) throw refusal(call.node, `has an equation that does not fit its inputs: ${text}`);
    return call.inputs.map((_, k) => (call.wanted[k] ? ofOperand(call, emit, equation, k) : null));
  },
};

function ofOperand(call: Call, emit: Emitter, equation: EinsumEquation, k: number): string {
  const { operands, output } = equation;
  const factors = operands.map((letters, other) => ({ letters, name: call.inputs[other]! }));
  factors.splice(k, 1);
  factors.unshift({ letters: output, name: call.adjoints[0]! });
  const found = [...new Set(operands[k]!)].filter((letter) =>
    factors.some(({ letters }) => letters.includes(letter)),
  );
  const order = cheapestOrder(factors, found.join(''), sizesOf(call, equation));
  const contracted = contract(emit, order, found.join(''));
  const repeated = found.flatMap((letter, axis) => (isRepeated(call, equation, k, letter) ? [axis] : []));
  const summed =
    repeated.length === 0
      ? contracted
      : emit.op('ReduceSum', [contracted, emit.ints(repeated)], { keepdims: 1 });
  return spread(call, emit, equation, k, summed, found);
}

/** The lengths of the letters in the first probe: what costs more there is taken to cost more everywhere. */
function sizesOf(call: Call, { operands }: EinsumEquation): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const [k, letters] of operands.entries()) {
    const dims = call.facts(call.inputs[k]!).probes[0]!;
    for (const [axis, letter] of [...letters].entries())
      sizes.set(letter, Math.max(sizes.get(letter) ?? 1, dims[axis]!));
  }
  return sizes;
}

function contract(emit: Emitter, factors: readonly Factor[], output: string): string {
  const left = factors.map(({ letters }) => letters).join(',');
  const names = factors.map(({ name }) => name);
  return left === output ? names[0]! : emit.op('Einsum', names, { equation: `${left}->${output}` });
}

/** Whether an operand has one row along a letter where others have several. */
function isRepeated(call: Call, equation: EinsumEquation, k: number, letter: string): boolean {
  const own = dimsAlong(call, equation, k, letter);
  const others = range(0, call.inputs.length).flatMap((other) => dimsAlong(call, equation, other, letter));
  const repeats = own[0]!.map((dim, probe) => dim === 1 && others.some((dims) => dims[probe] !== 1));
  if (!repeats.includes(true)) return false;
  if (own[0]!.every((dim) => dim === 1)) return true;
  throw refusal(call.node, `broadcasts the axis "${letter}" in one system and not in another`);
}

/** Whether nothing that the gradient was made of need have as many rows along a letter as an operand has. */
function isNarrow(call: Call, equation: EinsumEquation, k: number, letter: string): boolean {
  if (equation.output.includes(letter)) return false;
  const others = range(0, call.inputs.length).filter((other) => other !== k);
  return others
    .flatMap((other) => dimsAlong(call, equation, other, letter))
    .every((dims) => dims.includes(1));
}

/** The lengths of an operand's axes of one letter, axis by axis and probe by probe. */
function dimsAlong(call: Call, { operands }: EinsumEquation, k: number, letter: string): number[][] {
  const { probes } = call.facts(call.inputs[k]!);
  return [...operands[k]!].flatMap((found, axis) =>
    found === letter ? [probes.map((dims) => dims[axis]!)] : [],
  );
}

/** From the letters that were found, in their order, to the shape of the operand. */
function spread(
  call: Call,
  emit: Emitter,
  equation: EinsumEquation,
  k: number,
  gradient: string,
  found: readonly string[],
): string {
  const name = call.inputs[k]!;
  const letters = [...equation.operands[k]!];
  const again = letters.flatMap((letter, axis) => (letters.indexOf(letter) < axis ? [axis] : []));
  const alone = letters.flatMap((letter, axis) =>
    again.includes(axis) || found.includes(letter) ? [] : [axis],
  );
  const missing = [...again, ...alone];
  const lifted = missing.length === 0 ? gradient : emit.op('Unsqueeze', [gradient, emit.ints(missing)]);
  const diagonals = again.map((axis) => diagonal(call, emit, name, letters.indexOf(letters[axis]!), axis));
  const placed = diagonals.reduce((to, where) => emit.op('Where', [where, to, emit.scalar(0, name)]), lifted);
  const narrow = alone.length > 0 || found.some((letter) => isNarrow(call, equation, k, letter));
  return narrow ? emit.op('Expand', [placed, emit.shapeOf(name)]) : placed;
}

/** Where the indices of two axes are equal, in a shape that broadcasts to that of the tensor. */
function diagonal(call: Call, emit: Emitter, tensor: string, a: number, b: number): string {
  const facts = call.facts(tensor);
  const along = (axis: number) =>
    emit.op('Unsqueeze', [
      counting(emit, dimOf(emit, facts, tensor, axis)),
      emit.ints(range(0, rankOf(facts)).filter((other) => other !== axis)),
    ]);
  return emit.op('Equal', [along(a), along(b)]);
}
