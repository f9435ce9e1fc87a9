// GatherND: the slices that were taken are added up where they came from.

import { intAttribute } from '../../attributes.js';
import { addSlices } from '../flat-indices.js';
import type { Rule } from '../rule.js';

export const gatherNdRule: Rule = {
  operators: ['GatherND'],
  pullBack({ node, inputs: [data, indices], adjoints: [gradient], facts }, emit) {
    const tuples = {
      data: data!,
      dataFacts: facts(data!),
      indices: indices!,
      indexFacts: facts(indices!),
      batchDims: intAttribute(node, 'batch_dims', 0),
    };
    return [addSlices(emit, gradient!, tuples), null];
  },
};
