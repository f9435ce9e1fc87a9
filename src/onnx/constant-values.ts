// Which tensors of a graph are constants, and their numbers: initializers, Constant nodes, and what only reshapes or
// converts them.

import type { GraphProto, NodeProto, TensorProto } from './proto/onnx_pb.js';
import { readTensor } from './tensor-values.js';

const passing = new Set(['Cast', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten']);

/** The numbers of a tensor where it is a small constant, else undefined. */
export type ConstantNumbers = (tensor: string) => readonly number[] | undefined;

/** @param outer what is known already, by name: of the graph that calls a function */
export function constantNumbers(
  nodes: readonly NodeProto[],
  initializers: GraphProto['initializer'],
  outer: ReadonlyMap<string, readonly number[]> = new Map(),
): ConstantNumbers {
  const found = new Map(outer);
  for (const tensor of initializers) remember(found, tensor.name, numbersOf(tensor));
  for (const node of nodes) {
    const [output] = node.output;
    if (output === undefined) continue;
    if (node.opType === 'Constant') remember(found, output, numbersOfConstant(node));
    else if (passing.has(node.opType)) remember(found, output, found.get(node.input[0] ?? ''));
  }
  return (tensor) => found.get(tensor);
}

function remember(
  found: Map<string, readonly number[]>,
  name: string,
  numbers: readonly number[] | undefined,
): void {
  if (numbers) found.set(name, numbers);
}

function numbersOfConstant(node: NodeProto): readonly number[] | undefined {
  const [attribute] = node.attribute;
  switch (attribute?.name) {
    case 'value':
      return attribute.t && numbersOf(attribute.t);
    case 'value_float':
      return [attribute.f];
    case 'value_floats':
      return attribute.floats;
    case 'value_int':
      return [Number(attribute.i)];
    case 'value_ints':
      return attribute.ints.map(Number);
    default:
      return undefined;
  }
}

/** Of tensors of at most 256 elements; the others are weights. */
function numbersOf(tensor: TensorProto): readonly number[] | undefined {
  if (tensor.dims.reduce((size, dim) => size * Number(dim), 1) > 256) return undefined;
  try {
    return Array.from(readTensor(tensor).data as ArrayLike<number | bigint>, Number);
  } catch {
    return undefined;
  }
}
