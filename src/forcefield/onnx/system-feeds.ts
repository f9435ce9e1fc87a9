// One system as the input tensors of a model, for a single run of its graph. Pairs are in the order of the atoms' numbers,
// so that another order of atoms is another order of pairs.

import { bruteForcePairs, emptyPairs } from '../../neighbors/index.js';
import type { Feeds, TensorData } from '../../onnx/index.js';
import type { System } from '../../system/index.js';
import { type Binding, reachOf } from './binding.js';
import { createFedCell } from './cell.js';
import { createFeeds } from './feeds.js';

export function systemFeeds(binding: Binding, system: System): Feeds {
  const { kind } = binding.neighbors;
  const pairs = kind === 'none' ? null : emptyPairs();
  if (pairs && kind !== 'none') bruteForcePairs(system, reachOf(binding)!, kind, pairs);
  const moment = { system, pairs, cell: createFedCell(binding, () => {})(system) };
  return Object.fromEntries(
    createFeeds(binding, system).map((feed) => {
      const { type, dims, data } = feed.update(moment);
      return [feed.tensor, { type, dims, data: (data as Float32Array).slice() as TensorData }];
    }),
  );
}
