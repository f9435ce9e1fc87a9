// InstanceNormalization, GroupNormalization and BatchNormalization (as at inference): axis 1 holds the channels.

import { floatAttribute, intAttribute } from '../../attributes.js';
import type { Emitter } from '../emitter.js';
import { normalized } from '../normalized.js';
import { fixedDims, range, rankOf, reshape } from '../probed-shapes.js';
import { refusal } from '../refusal.js';
import type { Call, Rule } from '../rule.js';

export const instanceNormalizationRule: Rule = {
  operators: ['InstanceNormalization'],
  required: 3,
  pullBack: (call, emit) => inGroups(call, emit, 0),
};

export const groupNormalizationRule: Rule = {
  operators: ['GroupNormalization'],
  required: 3,
  pullBack(call, emit) {
    const [channels] = fixedDims(call.facts(call.inputs[1]!));
    if (channels !== fixedDims(call.facts(call.inputs[0]!))[1])
      throw refusal(call.node, 'has a scale for each group instead of each channel');
    return inGroups(call, emit, intAttribute(call.node, 'num_groups', 1));
  },
};

/** @param groups of channels that are normalized together; 0 for each channel by itself */
function inGroups(call: Call, emit: Emitter, groups: number): (string | null)[] {
  const [data, scale] = call.inputs;
  const gradient = call.adjoints[0]!;
  const grouped = (tensor: string) => emit.op('Reshape', [tensor, emit.ints([0, groups, -1])]);
  const back = (tensor: string) => reshape(emit, tensor, emit.shapeOf(data!));
  const epsilon = emit.scalar(floatAttribute(call.node, 'epsilon', 1e-5), data!);
  const found = normalized(emit, grouped(data!), emit.ints([2]), epsilon, true);
  return [
    call.wanted[0] ? back(found.pullBack(grouped(emit.mul(gradient, ofChannels(call, emit, scale!))))) : null,
    call.wanted[1] ? overChannels(call, emit, emit.mul(gradient, back(found.value))) : null,
    call.wanted[2] ? overChannels(call, emit, gradient) : null,
  ];
}

export const batchNormalizationRule: Rule = {
  operators: ['BatchNormalization'],
  required: 5,
  pullBack(call, emit) {
    if (intAttribute(call.node, 'training_mode', 0) === 1) throw refusal(call.node, 'is in training mode');
    const [data, scale, , mean, variance] = call.inputs;
    const gradient = call.adjoints[0]!;
    const epsilon = emit.scalar(floatAttribute(call.node, 'epsilon', 1e-5), variance!);
    const inverse = emit.op('Reciprocal', [emit.op('Sqrt', [emit.add(variance!, epsilon)])]);
    const slope = emit.mul(scale!, inverse);
    const sum = () => overChannels(call, emit, gradient);
    const sumOfOffsets = () =>
      overChannels(call, emit, emit.mul(gradient, emit.sub(data!, ofChannels(call, emit, mean!))));
    const ofVariance = () =>
      emit.mul(
        emit.mul(emit.mul(sumOfOffsets(), slope), emit.mul(inverse, inverse)),
        emit.scalar(-0.5, variance!),
      );
    return [
      call.wanted[0] ? emit.mul(gradient, ofChannels(call, emit, slope)) : null,
      call.wanted[1] ? emit.mul(sumOfOffsets(), inverse) : null,
      call.wanted[2] ? sum() : null,
      call.wanted[3] ? emit.neg(emit.mul(sum(), slope)) : null,
      call.wanted[4] ? ofVariance() : null,
    ];
  },
};

/** A vector of one number a channel, so that it broadcasts to the data. */
function ofChannels(call: Call, emit: Emitter, vector: string): string {
  const inner = range(1, rankOf(call.facts(call.inputs[0]!)) - 1);
  return inner.length === 0 ? vector : emit.op('Unsqueeze', [vector, emit.ints(inner)]);
}

function overChannels(call: Call, emit: Emitter, tensor: string): string {
  const others = [0, ...range(2, rankOf(call.facts(call.inputs[0]!)))];
  return emit.op('ReduceSum', [tensor, emit.ints(others)], { keepdims: 0 });
}
