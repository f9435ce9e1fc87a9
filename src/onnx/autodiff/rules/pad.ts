// Pad in every mode: constants are cut off again; what reflect, edge and wrap repeated is added up.

import { stringAttribute } from '../../attributes.js';
import { tensorOf } from '../../tensor-values.js';
import type { Emitter } from '../emitter.js';
import {
  counting,
  dimOf,
  dimsOf,
  fromFront,
  range,
  rankOf,
  reshapeLike,
  shapeFrom,
} from '../probed-shapes.js';
import { refusal } from '../refusal.js';
import type { Call, Rule } from '../rule.js';
import { scatterAddInto } from '../scatter-add.js';

export const padRule: Rule = {
  operators: ['Pad'],
  required: 2,
  pullBack(call, emit) {
    const mode = stringAttribute(call.node, 'mode', 'constant');
    if (mode !== 'constant') return [addedUp(call, emit, mode), null, null, null];
    const [, pads, filling, axes] = call.inputs;
    const cut = emit.op('Pad', [call.adjoints[0]!, emit.neg(pads!), '', ...(axes ? [axes] : [])]);
    return [cut, null, call.wanted[2] ? ofFilling(call, emit, cut, filling!) : null, null];
  },
};

/** What flows into the constant: all that does not flow into the data. */
function ofFilling(call: Call, emit: Emitter, cut: string, filling: string): string {
  const total = (tensor: string) => emit.op('ReduceSum', [tensor], { keepdims: 0 });
  const rest = emit.sub(total(call.adjoints[0]!), total(cut));
  return reshapeLike(emit, rest, call.facts(filling), filling);
}

function addedUp(call: Call, emit: Emitter, mode: string): string {
  const [data, pads] = call.inputs;
  const facts = call.facts(data!);
  const axes = paddedAxes(call);
  const dims = dimsOf(emit, call.facts(call.outputs[0]!), call.outputs[0]!);
  let gradient = call.adjoints[0]!;
  for (const [k, axis] of axes.entries()) {
    dims[axis] = dimOf(emit, facts, data!, axis);
    const ends = emit.op('Gather', [pads!, emit.ints([k, k + axes.length])]);
    const taken = emit.op('Pad', [counting(emit, dims[axis]!), ends], { mode });
    const zeros = emit.op('ConstantOfShape', [shapeFrom(emit, dims)], { value: tensorOf(facts.type, [0]) });
    gradient = scatterAddInto(emit, zeros, gradient, taken, axis, dims.length);
  }
  return gradient;
}

function paddedAxes(call: Call): number[] {
  const [data, , , axes] = call.inputs;
  const rank = rankOf(call.facts(data!));
  if (!axes) return range(0, rank);
  const known = call.integers(axes);
  if (!known) throw refusal(call.node, 'pads along axes that are computed');
  return known.map((axis) => fromFront(axis, rank));
}
