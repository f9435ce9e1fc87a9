// Damaged copies of ONNX files, by a seed: of their bytes, and of what the bytes say.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { copyMessage } from '../../src/onnx/copy.js';
import { nodesOf, tensorsOf } from '../../src/onnx/graph.js';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  StringStringEntryProtoSchema,
  TensorShapeProto_DimensionSchema,
} from '../../src/onnx/proto/onnx_pb.js';
import type { Random } from '../../src/random.js';
import { metadata, names, numbers, operators, roleNames, texts } from './onnx-mutation-words.js';

/** A copy of one of `files` with one to five changes; half of them are made to the decoded message. */
export function mutated(files: readonly Uint8Array[], random: Random): Uint8Array {
  const file = pick(files, random);
  if (random.uniform() < 0.5)
    return times(file, random, (bytes) => pick(byteChanges, random)(bytes, random, files));
  const model = fromBinary(ModelProtoSchema, file);
  mutate(model, random);
  return toBinary(ModelProtoSchema, model);
}

/** One to five changes to a decoded message. */
export function mutate(model: ModelProto, random: Random): void {
  times(model, random, (same) => {
    pick(messageChanges, random)(same, random);
    return same;
  });
}

type ByteChange = (bytes: Uint8Array, random: Random, files: readonly Uint8Array[]) => Uint8Array;
type MessageChange = (model: ModelProto, random: Random) => void;

const telling = [0, 1, 2, 0x0a, 0x10, 0x12, 0x3a, 0x7f, 0x80, 0xff];
const byteChanges: readonly ByteChange[] = [
  (bytes, random) => changed(bytes, random, (byte) => byte ^ (1 << random.integer(8))),
  (bytes, random) => changed(bytes, random, () => pick(telling, random)),
  (bytes, random) => bytes.slice(0, random.integer(bytes.length + 1)),
  (bytes, random) => spliced(bytes, random, new Uint8Array()),
  (bytes, random) => spliced(bytes, random, part(bytes, random)),
  (bytes, random, files) => spliced(bytes, random, part(pick(files, random), random)),
  // A length of up to five bytes, as a varint, where perhaps a length was.
  (bytes, random) => {
    const size = 1 + random.integer(5);
    const varint = Uint8Array.from(
      { length: size },
      (_, k) => random.integer(128) + (k < size - 1 ? 128 : 0),
    );
    return spliced(bytes, random, varint, size);
  },
];

const messageChanges: readonly MessageChange[] = [
  (model, random) => {
    const tensor = pick([...tensorsOf(model.graph!)], random);
    if (tensor)
      tensor.dims = tensor.dims.map((dim) => (random.uniform() < 0.5 ? pick(numbers, random) : dim));
  },
  (model, random) => {
    const tensor = pick([...tensorsOf(model.graph!)], random);
    if (tensor) tensor.dataType = random.integer(30);
  },
  (model, random) => {
    const tensor = pick([...tensorsOf(model.graph!)], random);
    if (tensor) tensor.rawData = tensor.rawData.slice(random.integer(5));
  },
  ...(['input', 'output'] as const).map(
    (side): MessageChange =>
      (model, random) => {
        const node = anyNode(model, random);
        const other = pick(anyNode(model, random)[pick(['input', 'output'] as const, random)], random) ?? '';
        const at = random.integer(node[side].length + 1);
        node[side][at] = random.uniform() < 0.8 ? other : pick(names, random);
      },
  ),
  ...(['input', 'output'] as const).map(
    (side): MessageChange =>
      (model, random) => {
        const node = anyNode(model, random);
        node[side] = node[side].slice(random.integer(2), random.integer(node[side].length + 1));
      },
  ),
  (model, random) => {
    anyNode(model, random).opType = pick(operators, random);
  },
  (model, random) => {
    anyNode(model, random).domain = pick(['', 'ai.onnx', 'own', 'com.microsoft', 'nowhere', '\n'], random);
  },
  (model, random) => {
    const node = anyNode(model, random);
    node.attribute.splice(random.integer(node.attribute.length + 1), 1);
  },
  (model, random) => {
    const attribute = pick(anyNode(model, random).attribute, random);
    if (!attribute) return;
    attribute.i = pick(numbers, random);
    attribute.ints = attribute.ints.map(() => pick(numbers, random));
    attribute.f = pick([Number.NaN, Infinity, 1e-300, -1], random);
  },
  (model, random) => {
    const [from, to] = [anyNode(model, random), anyNode(model, random)];
    if (from.attribute[0]) to.attribute.push(copyMessage(from.attribute[0]));
  },
  (model, random) => {
    const attribute = pick(anyNode(model, random).attribute, random);
    if (attribute)
      attribute.name = pick(['axes', 'axis', 'value', 'to', 'dtype', 'then_branch', 'k', 'split'], random);
  },
  (model, random) => {
    const attribute = pick(anyNode(model, random).attribute, random);
    if (attribute) attribute.refAttrName = pick(['alpha', 'nothing'], random);
  },
  (model, random) => {
    const { node } = pick(bodies(model), random)!;
    const [a, b] = [random.integer(node.length), random.integer(node.length)];
    if (node[a] && node[b]) [node[a], node[b]] = [node[b], node[a]];
  },
  (model, random) => {
    const { node } = pick(bodies(model), random)!;
    const copied = pick(node, random);
    if (copied) node.push(copyMessage(copied));
  },
  (model, random) => {
    const set = pick(model.opsetImport, random);
    if (set) set.version = random.uniform() < 0.8 ? BigInt(5 + random.integer(20)) : pick(numbers, random);
  },
  (model, random) => {
    const value = pick([...model.graph!.input, ...model.graph!.output], random);
    if (value) value.name = pick(names, random);
  },
  (model, random) => {
    const type = pick(model.graph!.input, random)?.type?.value;
    if (type?.case === 'tensorType') type.value.elemType = random.integer(30);
  },
  (model, random) => {
    const value = pick([...model.graph!.input, ...model.graph!.output], random);
    if (value) rename(model, value, pick(roleNames, random));
  },
  (model, random) => {
    const type = pick([...model.graph!.input, ...model.graph!.output], random)?.type?.value;
    const shape = type?.case === 'tensorType' ? type.value.shape : undefined;
    if (!shape) return;
    const value =
      random.uniform() < 0.5
        ? { case: 'dimParam' as const, value: pick(['n', 'e', '', 'a\tb'], random) }
        : { case: 'dimValue' as const, value: pick([3n, ...numbers], random) };
    const at = random.integer(shape.dim.length + 1);
    shape.dim.splice(at, random.integer(2), create(TensorShapeProto_DimensionSchema, { value }));
  },
  (model, random) => {
    const key = pick(Object.keys(metadata), random);
    const entry = { key, value: pick(metadata[key]!, random) };
    model.metadataProps.push(create(StringStringEntryProtoSchema, entry));
  },
  (model, random) => {
    const attribute = pick(anyNode(model, random).attribute, random);
    if (attribute) attribute.s = new TextEncoder().encode(pick(texts, random));
  },
  (model, random) => {
    const body = pick(model.functions, random);
    if (body) body.name = pick(['Inner', 'Outer', 'Neg', ''], random);
  },
  (model, random) => {
    const tensor = pick(model.graph!.initializer, random);
    if (!tensor) return;
    tensor.dataLocation = 1;
    const location = pick(['../x', '/dev/zero', '', 'gone', '.'], random);
    tensor.externalData = [{ $typeName: 'onnx.StringStringEntryProto', key: 'location', value: location }];
  },
];

/** An input or output by another name, wherever the graph itself uses it. */
function rename({ graph }: ModelProto, value: { name: string }, name: string): void {
  const other = (old: string) => (old === value.name ? name : old);
  for (const node of graph!.node) [node.input, node.output] = [node.input.map(other), node.output.map(other)];
  value.name = name;
}

function bodies(model: ModelProto): { node: NodeProto[] }[] {
  const inner = model.graph!.node.flatMap((node) =>
    node.attribute.flatMap(({ g }): GraphProto[] => (g ? [g] : [])),
  );
  return [model.graph!, ...inner, ...model.functions];
}

function anyNode(model: ModelProto, random: Random): NodeProto {
  const nodes = [model.graph!, ...model.functions].flatMap((body) => [...nodesOf(body)]);
  return pick(nodes, random)!;
}

function times<T>(start: T, random: Random, change: (from: T) => T): T {
  let result = start;
  for (let count = 1 + random.integer(5); count > 0; count--) result = change(result);
  return result;
}

function changed(bytes: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) {
    const at = random.integer(copy.length);
    copy[at] = change(copy[at]!);
  }
  return copy;
}

/** `inserted` instead of `removed` bytes somewhere. */
function spliced(
  bytes: Uint8Array,
  random: Random,
  inserted: Uint8Array,
  removed = random.integer(40),
): Uint8Array {
  const at = random.integer(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}

function part(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.integer(bytes.length + 1);
  return bytes.subarray(at, at + random.integer(200));
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.integer(from.length)]!;
}
