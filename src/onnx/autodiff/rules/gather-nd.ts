// GatherND: the slices that were taken are added up where they came from.

import { intAttribute } from '../../attributes.js';
import type { Emitter } from '../emitter.js';
import { addSlices, type Tuples, tupleLength } from '../flat-indices.js';
import { dimsOf, rankOf, reshape, shapeFrom } from '../probed-shapes.js';
import type { Rule } from '../rule.js';
import { scatterAdd } from '../scatter-add.js';

export const gatherNdRule: Rule = {
  operators: ['GatherND'],
  required: 2,
  pullBack({ node, inputs: [data, indices], adjoints: [gradient], facts }, emit) {
    const tuples = {
      data: data!,
      dataFacts: facts(data!),
      indices: indices!,
      indexFacts: facts(indices!),
      batchDims: intAttribute(node, 'batch_dims', 0),
    };
    const ofRows = tuples.batchDims === 0 && tupleLength(tuples) === 1;
    return [ofRows ? addRows(emit, gradient!, tuples) : addSlices(emit, gradient!, tuples), null];
  },
};

/** Of tuples of one index each, as exporters write x[index]. */
function addRows(emit: Emitter, gradient: string, { data, dataFacts, indices, indexFacts }: Tuples): string {
  const vector = emit.op('Reshape', [indices, emit.ints([-1])]);
  const rows = () => shapeFrom(emit, [emit.op('Shape', [vector]), ...dimsOf(emit, dataFacts, data).slice(1)]);
  const flat = rankOf(indexFacts) === 2 ? gradient : reshape(emit, gradient, rows());
  return scatterAdd(emit, flat, vector, data, 0, rankOf(dataFacts));
}
