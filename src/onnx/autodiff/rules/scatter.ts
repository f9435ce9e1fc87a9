// ScatterElements and ScatterND, with every reduction whose derivative exists. Where nothing is reduced, the update that
// was written last counts; which one that was is asked of the operator itself.

import { stringAttribute } from '../../attributes.js';
import { tensorOf } from '../../tensor-values.js';
import type { Emitter } from '../emitter.js';
import { addSlices } from '../flat-indices.js';
import { axisOf, counting, range, rankOf, reshape, sizeOf } from '../probed-shapes.js';
import { refusal } from '../refusal.js';
import type { Call, Rule } from '../rule.js';

/** What both operators have in common: how to read and write at the indices. */
interface Places {
  /** As the updates lie: of the shape of the updates. */
  read(tensor: string): string;
  write(tensor: string, updates: string, reduction: 'none' | 'mul'): string;
  /** Zeros of the shape of the data, with `updates` added up in them. */
  addUp(updates: string): string;
  /** Which updates are still there after all were written. */
  last(): string;
}

export const scatterElementsRule: Rule = {
  operators: ['ScatterElements'],
  required: 3,
  pullBack: (call, emit) => pullBack(call, emit, elements(call, emit)),
};

export const scatterNdRule: Rule = {
  operators: ['ScatterND'],
  required: 3,
  pullBack: (call, emit) => pullBack(call, emit, slices(call, emit)),
};

function pullBack(call: Call, emit: Emitter, places: Places): (string | null)[] {
  const [data, , updates] = call.inputs;
  const gradient = call.adjoints[0]!;
  const reduction = stringAttribute(call.node, 'reduction', 'none');
  const both = (forData: () => string, forUpdates: () => string) => [
    call.wanted[0] ? forData() : null,
    null,
    call.wanted[2] ? forUpdates() : null,
  ];
  switch (reduction) {
    case 'none':
      return both(
        () => places.write(gradient, emit.zerosLike(updates!), 'none'),
        () => emit.op('Where', [places.last(), places.read(gradient), emit.scalar(0, updates!)]),
      );
    case 'add':
      return both(
        () => gradient,
        () => places.read(gradient),
      );
    case 'mul':
      if (call.wanted[2]) throw refusal(call.node, 'multiplies by values that depend on the positions');
      return [emit.mul(gradient, places.write(onesLike(emit, data!), updates!, 'mul')), null, null];
    default:
      return sharedByTies(call, emit, places);
  }
}

/** Largest or smallest: to whatever equals the result, in equal parts. */
function sharedByTies(call: Call, emit: Emitter, places: Places): (string | null)[] {
  const [data, , updates] = call.inputs;
  const result = call.outputs[0]!;
  const [one, zero] = [emit.scalar(1, data!), emit.scalar(0, data!)];
  const ofData = emit.op('Equal', [data!, result]);
  const ofUpdates = emit.op('Equal', [updates!, places.read(result)]);
  const counted = (found: string) => emit.op('Where', [found, one, zero]);
  const share = emit.div(call.adjoints[0]!, emit.add(counted(ofData), places.addUp(counted(ofUpdates))));
  return [
    call.wanted[0] ? emit.op('Where', [ofData, share, zero]) : null,
    null,
    call.wanted[2] ? emit.op('Where', [ofUpdates, places.read(share), zero]) : null,
  ];
}

function elements(call: Call, emit: Emitter): Places {
  const [data, indices, updates] = call.inputs;
  const axis = axisOf(call.node, 0, rankOf(call.facts(data!)));
  const read = (tensor: string) => emit.op('GatherElements', [tensor, indices!], { axis });
  const scatter = (tensor: string, values: string, reduction: string) =>
    emit.op('ScatterElements', [tensor, indices!, values], { axis, reduction });
  return {
    read,
    write: scatter,
    addUp: (values) => scatter(emit.zerosLike(data!), values, 'add'),
    last() {
      const shape = emit.shapeOf(updates!);
      const numbers = reshape(emit, counting(emit, sizeOf(emit, [shape])), shape);
      return emit.op('Equal', [
        numbers,
        read(scatter(noNumbers(emit, emit.shapeOf(data!)), numbers, 'none')),
      ]);
    },
  };
}

function slices(call: Call, emit: Emitter): Places {
  const [data, indices, updates] = call.inputs;
  const [dataFacts, indexFacts] = [call.facts(data!), call.facts(indices!)];
  const rank = rankOf(indexFacts) - 1;
  const read = (tensor: string) => emit.op('GatherND', [tensor, indices!]);
  const scatter = (tensor: string, values: string, reduction: string) =>
    emit.op('ScatterND', [tensor, indices!, values], { reduction });
  return {
    read,
    write: scatter,
    addUp: (values) =>
      addSlices(emit, values, { data: data!, dataFacts, indices: indices!, indexFacts, batchDims: 0 }),
    last() {
      const shape = emit.op('Shape', [indices!], { start: 0, end: rank });
      const numbers = reshape(emit, counting(emit, sizeOf(emit, [shape])), shape);
      const chosen = emit.op('Shape', [data!], { start: 0, end: indexFacts.probes[0]!.at(-1)! });
      const found = emit.op('Equal', [numbers, read(scatter(noNumbers(emit, chosen), numbers, 'none'))]);
      const inner = range(rank, rankOf(call.facts(updates!)));
      return inner.length === 0 ? found : emit.op('Unsqueeze', [found, emit.ints(inner)]);
    },
  };
}

function noNumbers(emit: Emitter, shape: string): string {
  return emit.op('ConstantOfShape', [shape], { value: tensorOf('int64', [-1]) });
}

function onesLike(emit: Emitter, tensor: string): string {
  return emit.op('Expand', [emit.scalar(1, tensor), emit.shapeOf(tensor)]);
}
