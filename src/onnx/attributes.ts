// Attributes of a node by name.

import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type NodeProto,
} from './proto/onnx_pb.js';
import { type TensorValue, writeTensor } from './tensor-values.js';

export type AttributeValue = number | string | readonly number[] | TensorValue | { readonly float: number };
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** An `int` attribute. */
export function intAttribute(node: NodeProto, name: string, otherwise: number): number {
  const found = find(node, name);
  return found ? Number(found.i) : otherwise;
}

/** A `float` attribute. */
export function floatAttribute(node: NodeProto, name: string, otherwise: number): number {
  return find(node, name)?.f ?? otherwise;
}

/** A `string` attribute. */
export function stringAttribute(node: NodeProto, name: string, otherwise: string): string {
  const found = find(node, name);
  return found ? new TextDecoder().decode(found.s) : otherwise;
}

/** An `ints` attribute, or undefined where the node has none. */
export function intsAttribute(node: NodeProto, name: string): number[] | undefined {
  return find(node, name)?.ints.map(Number);
}

/** Whole numbers become `int` and `ints`, `{ float }` a `float`. */
export function writeAttribute(name: string, value: AttributeValue): AttributeProto {
  const type = AttributeProto_AttributeType;
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: type.INT, i: int64(value) });
  }
  if (typeof value === 'string') {
    return create(AttributeProtoSchema, { name, type: type.STRING, s: new TextEncoder().encode(value) });
  }
  if ('float' in value) return create(AttributeProtoSchema, { name, type: type.FLOAT, f: value.float });
  if ('data' in value)
    return create(AttributeProtoSchema, { name, type: type.TENSOR, t: writeTensor('', value) });
  return create(AttributeProtoSchema, { name, type: type.INTS, ints: value.map(int64) });
}

/** Numbers that no int64 holds wrap, as they do in typed arrays. */
function int64(value: number): bigint {
  return BigInt.asIntN(64, BigInt(value));
}

function find(node: NodeProto, name: string): AttributeProto | undefined {
  return node.attribute.find((attribute) => attribute.name === name);
}
