// Shapes for nodes that are being written: fixed dimensions as constants, all others found when the graph runs.

import { intAttribute } from '../attributes.js';
import type { NodeProto } from '../proto/onnx_pb.js';
import { tensorOf } from '../tensor-values.js';
import type { Emitter } from './emitter.js';
import type { TensorFacts } from './tensor-facts.js';

/** A part of a shape: a number, or the name of an int64 vector. */
export type ShapePart = number | string;

export function rankOf(facts: TensorFacts): number {
  return facts.probes[0]!.length;
}

/**
 * The dimensions of a tensor, null where they differ between probes, or where no probe has any: the atoms of an element
 * that none of them holds.
 */
export function fixedDims({ probes }: TensorFacts): (number | null)[] {
  return probes[0]!.map((dim, axis) => (dim > 0 && probes.every((dims) => dims[axis] === dim) ? dim : null));
}

/** The attribute `axis` of a node, counted from the front. */
export function axisOf(node: NodeProto, otherwise: number, rank: number): number {
  return fromFront(intAttribute(node, 'axis', otherwise), rank);
}

export function fromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** One dimension of a tensor of the original graph, for `shapeFrom`. */
export function dimOf(emit: Emitter, facts: TensorFacts, tensor: string, axis: number): ShapePart {
  return fixedDims(facts)[axis] ?? emit.op('Shape', [tensor], { start: axis, end: axis + 1 });
}

/** Every dimension of a tensor of the original graph. */
export function dimsOf(emit: Emitter, facts: TensorFacts, tensor: string): ShapePart[] {
  return facts.probes[0]!.map((_, axis) => dimOf(emit, facts, tensor, axis));
}

/** An int64 vector out of its parts. */
export function shapeFrom(emit: Emitter, parts: readonly ShapePart[]): string {
  const runs: (number[] | string)[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (typeof part === 'string') runs.push(part);
    else if (Array.isArray(last)) last.push(part);
    else runs.push([part]);
  }
  const vectors = runs.map((run) => (typeof run === 'string' ? run : emit.ints(run)));
  if (vectors.length === 0) return emit.ints([]);
  return vectors.length === 1 ? vectors[0]! : emit.op('Concat', vectors, { axis: 0 });
}

/** Number of elements of a shape. */
export function sizeOf(emit: Emitter, parts: readonly ShapePart[]): ShapePart {
  const known = parts.reduce<number>(
    (product, part) => (typeof part === 'number' ? product * part : product),
    1,
  );
  const open = parts.filter((part) => typeof part === 'string');
  if (open.length === 0) return known;
  return emit.op('ReduceProd', [shapeFrom(emit, [...open, known]), emit.ints([0])], { keepdims: 1 });
}

/** 0, 1, … below a number of elements, as an int64 vector. */
export function counting(emit: Emitter, count: ShapePart): string {
  if (typeof count === 'number') return emit.ints(range(0, count));
  const whole = (value: number) => emit.constant(tensorOf('int64', [value], []));
  return emit.op('Range', [whole(0), emit.op('Squeeze', [count]), whole(1)]);
}

/** `tensor` in a shape that may hold zeros and no -1. */
export function reshape(emit: Emitter, tensor: string, shape: string): string {
  return emit.op('Reshape', [tensor, shape], { allowzero: 1 });
}

/** `tensor` in the shape of `like`, a tensor of the original graph with as many elements. */
export function reshapeLike(emit: Emitter, tensor: string, facts: TensorFacts, like: string): string {
  const dims = fixedDims(facts);
  const open = dims.filter((dim) => dim === null).length;
  if (open === 0) return reshape(emit, tensor, emit.ints(dims as number[]));
  if (open > 1 || dims.includes(0)) return reshape(emit, tensor, emit.shapeOf(like));
  return emit.op('Reshape', [tensor, emit.ints(dims.map((dim) => dim ?? -1))]);
}

/** A tensor in the order of axes `permutation`, which may be the order that it has. */
export function transpose(emit: Emitter, tensor: string, permutation: readonly number[]): string {
  const same = permutation.every((axis, k) => axis === k);
  return same ? tensor : emit.op('Transpose', [tensor], { perm: permutation });
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
}
