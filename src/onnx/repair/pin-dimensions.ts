// Named dimensions of inputs and outputs made fixed numbers: ONNX Runtime's Node binding ignores its own option for it.

import { copyMessage } from '../copy.js';
import type { ModelProto, ValueInfoProto } from '../proto/onnx_pb.js';
import { change, type Repaired, unchanged } from './repaired.js';

/** @param sizes by the name of the dimension (`dim_param`); names that the model does not have change nothing */
export function pinDimensions(given: ModelProto, sizes: Readonly<Record<string, number>>): Repaired {
  if (!given.graph) return unchanged(given);
  const model = copyMessage(given);
  const { input, output, valueInfo } = model.graph!;
  const pinned = new Set<string>();
  for (const dim of [...input, ...output, ...valueInfo].flatMap(dimsOf)) {
    if (dim.value.case !== 'dimParam') continue;
    const { value: name } = dim.value;
    if (!Object.hasOwn(sizes, name)) continue;
    dim.value = { case: 'dimValue', value: BigInt(sizes[name]!) };
    pinned.add(name);
  }
  if (pinned.size === 0) return unchanged(given);
  const values = Object.fromEntries([...pinned].map((name) => [name, sizes[name]!]));
  return { model, changes: [change('pin-dimensions', pinned.size, values)], lints: [] };
}

function dimsOf({ type }: ValueInfoProto) {
  return type?.value.case === 'tensorType' ? (type.value.value.shape?.dim ?? []) : [];
}
