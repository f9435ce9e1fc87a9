// Tensors as numbers: between the messages of an ONNX file and typed arrays.

import { create } from '@bufbuild/protobuf';
import { MdbenchError } from '../errors.js';
import { printableName } from './printable-name.js';
import { type TensorProto, TensorProto_DataLocation, TensorProtoSchema } from './proto/onnx_pb.js';
import { elementTypeName, elementTypeNumber } from './tensor-type.js';

export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** A tensor in memory, row by row. `float16` and `bfloat16` are held as their bits, `bool` as bytes. */
export interface TensorValue {
  /** As ONNX Runtime names it in JavaScript: `float32`, `int64`, `bool`, … */
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

const arrays: Readonly<Record<string, { new (length: number): TensorData; BYTES_PER_ELEMENT: number }>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

/** Number of elements of a tensor of `dims`; 1 for a scalar. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Bytes that the shape and type of a tensor ask for; undefined for text and unknown types. No number is read. */
export function tensorBytes({ dims, dataType }: TensorProto): number | undefined {
  const name = elementTypeName(dataType);
  const bits = name === 'bool' ? 8 : Number(/^(?:u?int|b?float|complex)(\d+)/.exec(name)?.[1]);
  return Number.isNaN(bits) ? undefined : Math.ceil((elementCount(dims.map(Number)) * bits) / 8);
}

/**
 * The numbers of an initializer or constant.
 * @throws MdbenchError `damaged-onnx` naming the tensor when its bytes and its shape disagree, when it is kept in another file, or is of a
 * type without numbers
 */
export function readTensor(tensor: TensorProto): TensorValue {
  const type = elementTypeName(tensor.dataType);
  const dims = tensor.dims.map(Number);
  const Numbers = arrays[type];
  if (!Numbers) throw unreadable(tensor, `is of type ${type}, which holds no numbers`);
  if (tensor.dataLocation === TensorProto_DataLocation.EXTERNAL)
    throw unreadable(tensor, 'is kept in another file');
  const size = elementCount(dims);
  const found = tensor.rawData.length > 0 ? tensor.rawData.length / Numbers.BYTES_PER_ELEMENT : undefined;
  const listed = found === undefined ? listedNumbers(tensor, type) : [];
  const count = found ?? listed.length;
  if (dims.some((dim) => dim < 0) || count !== size)
    throw unreadable(tensor, `has the shape [${dims.slice(0, 8)}] and holds ${count} numbers, not ${size}`);
  const data = new Numbers(size);
  if (found === undefined) for (let k = 0; k < size; k++) data[k] = listed[k] as never;
  else new Uint8Array(data.buffer).set(tensor.rawData);
  return { type, dims, data };
}

function unreadable(tensor: TensorProto, reason: string): MdbenchError {
  return new MdbenchError(
    'damaged-onnx',
    `The tensor "${printableName(tensor.name)}" of the model ${reason}.`,
    'Export the model again.',
  );
}

/** The message of a tensor, its numbers as raw bytes. */
export function writeTensor(name: string, { type, dims, data }: TensorValue): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: elementTypeNumber(type),
    dims: dims.map(BigInt),
    rawData: Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  });
}

/** A tensor of plain numbers. */
export function tensorOf(type: string, numbers: readonly number[], dims?: readonly number[]): TensorValue {
  const Numbers = arrays[type];
  if (!Numbers) throw new Error(`${type} is no type of numbers`);
  const data = new Numbers(numbers.length);
  const big = data instanceof BigInt64Array || data instanceof BigUint64Array;
  for (let k = 0; k < numbers.length; k++) data[k] = (big ? BigInt(numbers[k]!) : numbers[k]!) as never;
  return { type, dims: dims ?? [numbers.length], data };
}

/** Elements that a tensor without raw bytes lists; undefined for unknown types and those of less than a byte. */
export function listedCount(tensor: TensorProto): number | undefined {
  const type = elementTypeName(tensor.dataType);
  if (type === 'string') return tensor.stringData.length;
  if (type === 'complex64') return tensor.floatData.length / 2;
  if (type === 'complex128') return tensor.doubleData.length / 2;
  if (arrays[type] || type.startsWith('float8')) return listedNumbers(tensor, type).length;
  return undefined;
}

function listedNumbers(tensor: TensorProto, type: string): readonly (number | bigint)[] {
  switch (type) {
    case 'float32':
      return tensor.floatData;
    case 'float64':
      return tensor.doubleData;
    case 'int64':
      return tensor.int64Data;
    case 'uint32':
    case 'uint64':
      return tensor.uint64Data;
    default:
      return tensor.int32Data;
  }
}
