// Tensors of a graph that are the same in every run: initializers and constants, and what only shifts them about.

import {
  type GraphProto,
  type NodeProto,
  type TensorProto,
  TensorProto_DataLocation,
} from './proto/onnx_pb.js';
import { elementTypeName } from './tensor-type.js';
import { holdsNumbers, readTensor, type TensorValue, tensorOf } from './tensor-values.js';

export interface Constants {
  producer(tensor: string): NodeProto | undefined;
  /** The value of an initializer that no input overrides, or of a Constant; null for everything else. */
  value(tensor: string): TensorValue | null;
  /** Whether every element is zero, whatever the shape. */
  zeros(tensor: string): boolean;
}

/** Operators whose output holds elements of their first input, and nothing else. */
const movers = new Set([
  ...['Cast', 'CastLike', 'Expand', 'Flatten', 'Gather', 'Identity', 'Reshape', 'Slice', 'Squeeze', 'Tile'],
  ...['Transpose', 'Unsqueeze'],
]);

export function constantsOf(graph: GraphProto): Constants {
  const inputs = new Set(graph.input.map(({ name }) => name));
  const initializers = new Map(
    graph.initializer.filter(({ name }) => !inputs.has(name)).map((tensor) => [tensor.name, tensor]),
  );
  const producers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const tensor = (name: string) => initializers.get(name) ?? constantTensor(producers.get(name));
  return {
    producer: (name) => producers.get(name),
    value(name) {
      const found = tensor(name) ?? null;
      return found && valueIn(found);
    },
    zeros(name) {
      const visited = new Set<string>();
      for (let current = name; !visited.has(current); ) {
        visited.add(current);
        const found = tensor(current);
        if (found) return allZero(found);
        const node = producers.get(current);
        if (node?.opType === 'ConstantOfShape') return allZero(node.attribute[0]?.t);
        if (!node || !movers.has(node.opType)) return false;
        current = node.input[0] ?? '';
      }
      return false;
    },
  };
}

function constantTensor(node: NodeProto | undefined): TensorProto | undefined {
  return node?.opType === 'Constant' ? node.attribute.find(({ name }) => name === 'value')?.t : undefined;
}

function valueIn(tensor: TensorProto): TensorValue | null {
  if (
    tensor.dataLocation === TensorProto_DataLocation.EXTERNAL ||
    !holdsNumbers(elementTypeName(tensor.dataType))
  )
    return null;
  return readTensor(tensor);
}

/** ConstantOfShape without a value fills with zeros. */
function allZero(tensor: TensorProto | undefined): boolean {
  const { data } = (tensor ? valueIn(tensor) : tensorOf('float32', [0])) ?? {};
  return data?.every((element: number | bigint) => Number(element) === 0) ?? false;
}
