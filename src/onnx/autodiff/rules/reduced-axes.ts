// Axes of a Reduce operator, constant or computed, and what it returned brought back to the shape of what it took.

import { intAttribute, intsAttribute } from '../../attributes.js';
import { tensorOf } from '../../tensor-values.js';
import type { Emitter } from '../emitter.js';
import type { Call } from '../rule.js';

/** `tensor`, of the shape of the call's output, with the reduced axes kept as 1, so that it broadcasts to the input. */
export function withKeptAxes(call: Call, emit: Emitter, tensor: string): string {
  const [x, axes] = call.inputs;
  if (intAttribute(call.node, 'keepdims', 1) === 1 || reducesNothing(call)) return tensor;
  if (reducesAll(call)) return tensor;
  const known = constantAxes(call);
  if (known) return emit.op('Unsqueeze', [tensor, emit.ints(known)]);
  const ones = emit.op('ConstantOfShape', [emit.shapeOf(axes!)], { value: tensorOf('int64', [1]) });
  const kept = emit.op('ScatterElements', [emit.shapeOf(x!), axes!, ones], { axis: 0 });
  return emit.op('Reshape', [tensor, kept]);
}

/** `tensor`, of the shape of the call's output, repeated along the reduced axes. */
export function repeated(call: Call, emit: Emitter, tensor: string): string {
  const kept = withKeptAxes(call, emit, tensor);
  return reducesNothing(call) ? kept : emit.op('Expand', [kept, emit.shapeOf(call.inputs[0]!)]);
}

/** The same reduction of another tensor of the shape of the call's input. */
export function reducedLike(call: Call, emit: Emitter, type: string, tensor: string): string {
  const axes = call.inputs[1] || (attributeAxes(call) ? emit.ints(attributeAxes(call)!) : '');
  return emit.op(type, axes ? [tensor, axes] : [tensor], {
    keepdims: intAttribute(call.node, 'keepdims', 1),
    noop_with_empty_axes: intAttribute(call.node, 'noop_with_empty_axes', 0),
  });
}

/** Number of elements that each element of the output was made of, of the type of the input. */
export function reducedCount(call: Call, emit: Emitter): string {
  const [x] = call.inputs;
  const size = (tensor: string) => emit.op('Size', [tensor]);
  const count = emit.div(
    size(x!),
    emit.op('Max', [size(call.outputs[0]!), emit.constant(tensorOf('int64', [1], []))]),
  );
  return emit.op('CastLike', [count, x!]);
}

/** No axes and `noop_with_empty_axes`: the operator returns each element by itself. */
function reducesNothing(call: Call): boolean {
  return intAttribute(call.node, 'noop_with_empty_axes', 0) === 1 && listsNoAxes(call);
}

function reducesAll(call: Call): boolean {
  return listsNoAxes(call) || call.facts(call.outputs[0]!).probes.every((dims) => dims.length === 0);
}

function listsNoAxes(call: Call): boolean {
  const axes = call.inputs[1];
  if (axes) return call.facts(axes).probes.every(([length]) => length === 0);
  return (attributeAxes(call) ?? []).length === 0;
}

function constantAxes(call: Call): number[] | undefined {
  const axes = call.inputs[1];
  return axes ? (call.integers(axes) ?? undefined) : attributeAxes(call);
}

function attributeAxes({ node }: Call): number[] | undefined {
  return intsAttribute(node, 'axes');
}
