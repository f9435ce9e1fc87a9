// How many kinds of atoms a graph tells apart, from what it does with the tensor of species.

import { constantsOf } from './constants.js';
import type { ModelProto } from './proto/onnx_pb.js';

export interface Categories {
  /** Rows of the smallest table that is looked up by species; null: there is none. */
  readonly size: number | null;
  /** Numbers that species are compared with, ascending. */
  readonly compared: readonly number[];
}

const moving = new Set([
  'Cast',
  'Flatten',
  'Identity',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Gather',
  'Expand',
]);

/** @param input the tensor of species */
export function findCategories({ graph }: ModelProto, input: string): Categories {
  const species = new Set([input]);
  const sizes: number[] = [];
  const compared = new Set<number>();
  const rows = new Map(graph?.initializer.map(({ name, dims }) => [name, Number(dims[0] ?? 0)]));
  const constants = constantsOf(graph ?? { node: [] });
  for (const { opType, input: inputs, output } of graph?.node ?? []) {
    const side = inputs.findIndex((name) => species.has(name));
    if (side < 0) continue;
    const other = inputs[1 - side] ?? '';
    if (opType === 'Gather' && side === 1) {
      const size = rows.get(other) ?? constants.numbers(other)?.length;
      if (size !== undefined) sizes.push(size);
    } else if (opType === 'OneHot' && side === 0) {
      const depth = constants.numbers(inputs[1] ?? '')?.[0];
      if (depth !== undefined) sizes.push(depth);
    } else if (opType === 'Equal') {
      for (const number of constants.numbers(other) ?? []) compared.add(number);
    } else if (moving.has(opType) && side === 0) {
      for (const name of output) species.add(name);
    }
  }
  return {
    size: sizes.length > 0 ? Math.min(...sizes) : null,
    compared: [...compared].sort((a, b) => a - b),
  };
}
