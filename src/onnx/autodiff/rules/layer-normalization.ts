// LayerNormalization and RMSNormalization over the axes from `axis` on.

import { floatAttribute } from '../../attributes.js';
import type { Emitter } from '../emitter.js';
import { normalized } from '../normalized.js';
import { axisOf, range, rankOf } from '../probed-shapes.js';
import type { Call, Rule } from '../rule.js';

export const layerNormalizationRule: Rule = {
  operators: ['LayerNormalization'],
  required: 2,
  pullBack: (call, emit) => pullBack(call, emit, true),
};

export const rmsNormalizationRule: Rule = {
  operators: ['RMSNormalization'],
  required: 2,
  pullBack: (call, emit) => pullBack(call, emit, false),
};

function pullBack(call: Call, emit: Emitter, centered: boolean): (string | null)[] {
  const [data, scale, bias] = call.inputs;
  const rank = rankOf(call.facts(data!));
  const axes = emit.ints(range(axisOf(call.node, -1, rank), rank));
  const epsilon = emit.scalar(floatAttribute(call.node, 'epsilon', 1e-5), data!);
  const found = normalized(emit, data!, axes, epsilon, centered);
  const [gradient, ofMean, ofSpread] = call.adjoints;
  const terms: string[] = [];
  if (gradient) terms.push(found.pullBack(emit.mul(gradient, scale!)));
  const each = (tensor: string) =>
    emit.div(emit.op('CastLike', [tensor, data!]), rowLength(emit, data!, axes));
  if (ofMean) terms.push(emit.op('Expand', [each(ofMean), emit.shapeOf(data!)]));
  if (ofSpread) {
    const square = emit.mul(found.scale, found.scale);
    terms.push(emit.neg(emit.mul(emit.mul(each(ofSpread), square), found.value)));
  }
  const summed = (tensor: string, to: string) => emit.sumTo(tensor, call.outputs[0]!, to);
  return [
    call.wanted[0] ? terms.reduce(emit.add) : null,
    call.wanted[1] && gradient ? summed(emit.mul(gradient, found.value), scale!) : null,
    call.wanted[2] && gradient ? summed(gradient, bias!) : null,
  ];
}

/** How many elements are normalized together, of the type of the data. */
function rowLength(emit: Emitter, data: string, axes: string): string {
  const dims = emit.op('Gather', [emit.shapeOf(data), axes]);
  return emit.op('CastLike', [emit.op('ReduceProd', [dims], { keepdims: 0 }), data]);
}
