// Gather: what was taken from a row is added to it; single and distinct constant rows are put back without a scatter.

import type { Emitter } from '../emitter.js';
import { axisOf, dimsOf, fixedDims, rankOf, reshape, shapeFrom } from '../probed-shapes.js';
import { placeRows } from '../row-placement.js';
import type { Call, Rule } from '../rule.js';
import { scatterAdd } from '../scatter-add.js';

export const gatherRule: Rule = {
  operators: ['Gather'],
  required: 2,
  pullBack(call, emit) {
    const [data, indices] = call.inputs;
    const rank = rankOf(call.facts(data!));
    const axis = axisOf(call.node, 0, rank);
    const rows = rowsOfGradient(call, emit, axis);
    const taken = call.integers(indices!);
    const length = fixedDims(call.facts(data!))[axis];
    if (taken && typeof length === 'number') {
      const places = taken.map((index) => (index + length) % length);
      if (new Set(places).size === places.length) return [placeRows(emit, rows, places, length, axis), null];
    }
    return [scatterAdd(emit, rows, vectorOf(call, emit), data!, axis, rank), null];
  },
};

/** The gradient with the axes of the indices folded into one. */
function rowsOfGradient(call: Call, emit: Emitter, axis: number): string {
  const [data, indices] = call.inputs;
  const gradient = call.adjoints[0]!;
  const rank = rankOf(call.facts(indices!));
  if (rank === 1) return gradient;
  if (rank === 0) return emit.op('Unsqueeze', [gradient, emit.ints([axis])]);
  const count = emit.op('Reshape', [emit.op('Size', [indices!]), emit.ints([1])]);
  const dims = dimsOf(emit, call.facts(data!), data!);
  return reshape(emit, gradient, shapeFrom(emit, [...dims.slice(0, axis), count, ...dims.slice(axis + 1)]));
}

function vectorOf(call: Call, emit: Emitter): string {
  const indices = call.inputs[1]!;
  return rankOf(call.facts(indices)) === 1 ? indices : emit.op('Reshape', [indices, emit.ints([-1])]);
}

export const gatherElementsRule: Rule = {
  operators: ['GatherElements'],
  required: 2,
  pullBack({ node, inputs: [data, indices], adjoints: [gradient], facts }, emit) {
    const axis = axisOf(node, 0, rankOf(facts(data!)));
    const inputs = [emit.zerosLike(data!), indices!, gradient!];
    return [emit.op('ScatterElements', inputs, { axis, reduction: 'add' }), null];
  },
};
