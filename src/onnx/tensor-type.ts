// Element types of ONNX tensors by the names that ONNX Runtime uses in JavaScript.

import { TensorProto_DataType } from './proto/onnx_pb.js';

const names: Readonly<Record<string, string>> = { FLOAT: 'float32', DOUBLE: 'float64' };

/** `float32`, `int64`, `bool`, … ; `unknown(99)` for a number that the format does not define. */
export function elementTypeName(dataType: number): string {
  const name = TensorProto_DataType[dataType];
  return name === undefined ? `unknown(${dataType})` : (names[name] ?? name.toLowerCase());
}

/** float16, bfloat16, float32, float64 and the eight-bit ones: what holds weights, coordinates and energies. */
export function isFloatType(name: string): boolean {
  return name.startsWith('float') || name.startsWith('bfloat');
}

export function isIntegerType(name: string): boolean {
  return name.startsWith('int') || name.startsWith('uint');
}

/** The number that the format gives a type of `elementTypeName`. */
export function elementTypeNumber(name: string): number {
  const known = Object.entries(names).find(([, other]) => other === name)?.[0] ?? name.toUpperCase();
  const number = TensorProto_DataType[known as keyof typeof TensorProto_DataType];
  if (typeof number !== 'number') throw new Error(`ONNX has no element type ${name}`);
  return number;
}
