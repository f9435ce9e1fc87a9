// Tensors of a graph that are the same in every run: initializers and constants, and what only shifts them about.

import { numberReader } from './half.js';
import {
  type GraphProto,
  type NodeProto,
  type TensorProto,
  TensorProto_DataLocation,
} from './proto/onnx_pb.js';
import { elementTypeName } from './tensor-type.js';
import {
  elementCount,
  holdsNumbers,
  readTensor,
  type TensorValue,
  tensorOf,
  writeTensor,
} from './tensor-values.js';

export interface Constants {
  producer(tensor: string): NodeProto | undefined;
  /** The value of an initializer that no input overrides, or of a Constant; null for everything else. */
  value(tensor: string): TensorValue | null;
  /** Whether every element is zero, whatever the shape. */
  zeros(tensor: string): boolean;
  /**
   * The numbers of a small tensor whatever its shape and type, behind operators that keep their order, an initializer
   * that an input may override as it stands in the file; undefined for what is no constant, is damaged, or a weight.
   */
  numbers(tensor: string): readonly number[] | undefined;
}

/** Of a graph, or of the body of a function, which has nothing but nodes. */
type Body = Pick<GraphProto, 'node'> & Partial<Pick<GraphProto, 'initializer' | 'input'>>;

/** Operators whose output holds all elements of their first input in their order. */
const keepers = new Set(['Cast', 'Flatten', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze']);
/** Operators whose output holds elements of their first input, and nothing else. */
const movers = new Set([...keepers, ...['CastLike', 'Expand', 'Gather', 'Slice', 'Tile', 'Transpose']]);
/** Elements; tensors of more are weights. */
const small = 256;

/** @param outer numbers that are known already, by name: of what a function is called with */
export function constantsOf(
  { node: nodes, initializer = [], input = [] }: Body,
  outer: ReadonlyMap<string, readonly number[]> = new Map(),
): Constants {
  const inputs = new Set(input.map(({ name }) => name));
  const initializers = new Map(initializer.map((tensor) => [tensor.name, tensor] as const));
  const producers = new Map(nodes.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const known = new Map<string, readonly number[] | undefined>(outer);
  const stored = (name: string) => initializers.get(name) ?? constantTensor(producers.get(name));
  const fixed = (name: string) => (inputs.has(name) ? undefined : stored(name));
  /** What `name` is made of by `operators` alone: a constant, or what else makes it. */
  const origin = (name: string, operators: ReadonlySet<string>, isConstant: (tensor: string) => boolean) => {
    const visited = new Set<string>();
    for (let current = name; ; ) {
      const node = producers.get(current);
      if (visited.has(current) || isConstant(current) || !operators.has(node?.opType ?? '')) return current;
      visited.add(current);
      current = node!.input[0] ?? '';
    }
  };
  return {
    producer: (name) => producers.get(name),
    value(name) {
      const found = fixed(name);
      return found ? valueIn(found) : null;
    },
    zeros(name) {
      const found = origin(name, movers, (tensor) => fixed(tensor) !== undefined);
      const tensor = fixed(found);
      if (tensor) return allZero(valueIn(tensor));
      const node = producers.get(found);
      return node?.opType === 'ConstantOfShape' && allZero(fillingOf(node));
    },
    numbers(name) {
      if (known.has(name)) return known.get(name);
      const found = origin(name, keepers, (tensor) => outer.has(tensor) || stored(tensor) !== undefined);
      const numbers = outer.get(found) ?? numbersIn(stored(found));
      known.set(name, numbers);
      return numbers;
    },
  };
}

/** Of a Constant of numbers, in whichever attribute it keeps them. */
function constantTensor(node: NodeProto | undefined): TensorProto | undefined {
  if (node?.opType !== 'Constant') return undefined;
  const [attribute] = node.attribute;
  const written = (type: string, numbers: readonly number[], dims?: readonly number[]) =>
    writeTensor(node.output[0] ?? '', tensorOf(type, numbers, dims));
  switch (attribute?.name) {
    case 'value':
      return attribute.t;
    case 'value_float':
      return written('float32', [attribute.f], []);
    case 'value_floats':
      return written('float32', attribute.floats);
    case 'value_int':
      return written('int64', [Number(attribute.i)], []);
    case 'value_ints':
      return written('int64', attribute.ints.map(Number));
    default:
      return undefined;
  }
}

function valueIn(tensor: TensorProto): TensorValue | null {
  if (
    tensor.dataLocation === TensorProto_DataLocation.EXTERNAL ||
    !holdsNumbers(elementTypeName(tensor.dataType))
  )
    return null;
  return readTensor(tensor);
}

function numbersIn(tensor: TensorProto | undefined): readonly number[] | undefined {
  if (!tensor || elementCount(tensor.dims.map(Number)) > small) return undefined;
  try {
    const value = valueIn(tensor);
    return value ? Array.from<number | bigint, number>(value.data, numberReader(value.type)) : undefined;
  } catch {
    return undefined;
  }
}

/** ConstantOfShape without a value fills with zeros. */
function fillingOf({ attribute }: NodeProto): TensorValue | null {
  const tensor = attribute[0]?.t;
  return tensor ? valueIn(tensor) : tensorOf('float32', [0]);
}

function allZero(value: TensorValue | null): boolean {
  return value?.data.every((element: number | bigint) => Number(element) === 0) ?? false;
}
