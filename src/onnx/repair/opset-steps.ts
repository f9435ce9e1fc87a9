// What changed between versions of the ONNX operator set that a node's text has to follow, version by version (onnx,
// docs/Changelog.md). Operators that are not listed only gained types, attributes or inputs whose defaults are the old meaning.

import {
  type Attributes,
  floatAttribute,
  intAttribute,
  intsAttribute,
  stringAttribute,
  writeAttribute,
} from '../attributes.js';
import type { NodeProto } from '../proto/onnx_pb.js';
import { type TensorValue, tensorOf } from '../tensor-values.js';
import type { NodeList } from './node-list.js';

/** What is added runs before what the step returns. */
interface StepPlace extends Pick<NodeList, 'add' | 'constant'> {
  /** Where the whole way leads. */
  readonly to: number;
  rank(tensor: string): number | undefined;
  refuse(reason: string): never;
}

/** Changes `node` in place and returns it, or null where other nodes took its place. */
export type Step = (node: NodeProto, place: StepPlace) => NodeProto | null;

const reductions = ['ReduceL1', 'ReduceL2', 'ReduceLogSum', 'ReduceLogSumExp', 'ReduceMax', 'ReduceMean'];
const moreReductions = ['ReduceMin', 'ReduceProd', 'ReduceSumSquare'];
const byVersion: Readonly<Record<number, Readonly<Record<string, Step>>>> = {
  10: { Slice: slice, TopK: topK, Upsample: upsample, Dropout: dropout },
  11: {
    Clip: clip,
    Pad: pad,
    Scatter: renamed('ScatterElements'),
    Resize: resize,
    ConvTranspose: refuseSame,
  },
  12: { Dropout: dropout },
  13: {
    Squeeze: axesToInput,
    Unsqueeze: axesToInput,
    ReduceSum: axesToInput,
    Split: splitToInput,
    Softmax: flatSoftmax,
    LogSoftmax: flatSoftmax,
    Hardmax: flatSoftmax,
    Resize: refuseNearestHalfPixel,
  },
  14: { BatchNormalization: batchNormalization },
  16: { RoiAlign: refuseAlways('its default coordinates changed') },
  18: {
    Split: splitCount,
    ...Object.fromEntries([...reductions, ...moreReductions].map((name) => [name, axesToInput])),
  },
  20: {
    GridSample: refuseAlways('its modes were renamed'),
    DFT: refuseAlways('its axis became an input'),
  },
  21: { GroupNormalization: refuseAlways('its scale and bias changed their shape') },
};

export const steps: ReadonlyMap<number, ReadonlyMap<string, Step>> = new Map(
  Object.entries(byVersion).map(([version, entries]) => [Number(version), new Map(Object.entries(entries))]),
);

function axesToInput(node: NodeProto, place: StepPlace): NodeProto {
  const axes = take(node, place, 'axes', (name) => intsAttribute(node, name));
  if (axes && axes.length > 0) node.input = [node.input[0]!, place.constant(ints(axes))];
  return node;
}

function splitToInput(node: NodeProto, place: StepPlace): NodeProto {
  const sizes = take(node, place, 'split', (name) => intsAttribute(node, name));
  if (sizes && sizes.length > 0) node.input = [node.input[0]!, place.constant(ints(sizes))];
  return node;
}

function splitCount(node: NodeProto): NodeProto {
  return (node.input[1] ?? '') === '' ? rewritten(node, { num_outputs: node.output.length }) : node;
}

function slice(node: NodeProto, place: StepPlace): NodeProto {
  const [starts, ends, axes] = ['starts', 'ends', 'axes'].map((name) =>
    take(node, place, name, () => bigInts(node, name)),
  );
  const count = starts?.length ?? 0;
  const named = axes ?? Array.from({ length: count }, (_, k) => BigInt(k));
  const values = [starts ?? [], ends ?? [], named].map((list) => place.constant(longs(list)));
  node.input = [node.input[0]!, ...values];
  return node;
}

function topK(node: NodeProto, place: StepPlace): NodeProto {
  const k = take(node, place, 'k', (name) => intAttribute(node, name, 1));
  node.input = [node.input[0]!, place.constant(ints([k ?? 1]))];
  return node;
}

/** Upsample only ever enlarges, where nearest is the floor and coordinates are asymmetric. */
function upsample(node: NodeProto, place: StepPlace): NodeProto {
  if (place.to < 11) place.refuse('it needs operator set 11');
  node.opType = 'Resize';
  node.input = [node.input[0]!, '', node.input[1] ?? ''];
  return rewritten(node, { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' });
}

function resize(node: NodeProto, place: StepPlace): NodeProto {
  if (node.input.length === 2) place.refuse('its rounding changed with operator set 11');
  return node;
}

function refuseNearestHalfPixel(node: NodeProto, place: StepPlace): NodeProto {
  const mode = stringAttribute(node, 'coordinate_transformation_mode', '');
  if (mode === 'tf_half_pixel_for_nn') place.refuse(`${mode} was removed`);
  return node;
}

/** Nothing is dropped outside of training. */
function dropout(node: NodeProto, place: StepPlace): NodeProto | null {
  if ((node.output[1] ?? '') !== '') place.refuse('its mask is used');
  place.add('Identity', [node.input[0]!], {}, node.output[0]);
  return null;
}

function clip(node: NodeProto, place: StepPlace): NodeProto {
  const bounds = ['min', 'max'].map((name) =>
    take(node, place, name, () =>
      node.attribute.some((attribute) => attribute.name === name) ? floatAttribute(node, name, 0) : undefined,
    ),
  );
  const names = bounds.map((bound) => (bound === undefined ? '' : scalarLike(place, bound, node.input[0]!)));
  node.input = [node.input[0]!, ...names];
  return node;
}

function pad(node: NodeProto, place: StepPlace): NodeProto {
  const pads = take(node, place, 'pads', (name) => intsAttribute(node, name)) ?? [];
  const value = take(node, place, 'value', (name) => floatAttribute(node, name, 0)) ?? 0;
  const filling = value === 0 ? [] : [scalarLike(place, value, node.input[0]!)];
  node.input = [node.input[0]!, place.constant(ints(pads)), ...filling];
  return node;
}

function renamed(opType: string): Step {
  return (node) => {
    node.opType = opType;
    return node;
  };
}

function refuseSame(node: NodeProto, place: StepPlace): NodeProto {
  if (stringAttribute(node, 'auto_pad', 'NOTSET').startsWith('SAME')) place.refuse('its padding changed');
  return node;
}

/** Below 13 everything from `axis` on is one axis; from 13 on `axis` is the only one. */
function flatSoftmax(node: NodeProto, place: StepPlace): NodeProto | null {
  if (node.output.length > 1) place.refuse('it has more than one output');
  const axis = take(node, place, 'axis', (name) => intAttribute(node, name, 1)) ?? 1;
  const input = node.input[0]!;
  const last = axis === -1 || place.rank(input) === axis + 1;
  if (last) return rewritten(node, { axis: -1 });
  const shape = place.add('Shape', [input]);
  const flat = place.add('Flatten', [input], { axis });
  const result = place.add(node.opType, [flat], { axis: -1 });
  place.add('Reshape', [result, shape], place.to >= 14 ? { allowzero: 1 } : {}, node.output[0]);
  return null;
}

function batchNormalization(node: NodeProto, place: StepPlace): NodeProto {
  if (node.output.slice(1).some((name) => name !== '')) place.refuse('it is in its training form');
  node.output = [node.output[0]!];
  return node;
}

function refuseAlways(reason: string): Step {
  return (_, place) => place.refuse(reason);
}

/** The value of an attribute, which the node then no longer has. */
function take<T>(node: NodeProto, place: StepPlace, name: string, read: (name: string) => T): T | undefined {
  const found = node.attribute.find((attribute) => attribute.name === name);
  if (!found) return undefined;
  if (found.refAttrName !== '') place.refuse(`its ${name} is an attribute of a function`);
  const value = read(name);
  node.attribute = node.attribute.filter((attribute) => attribute !== found);
  return value;
}

/** The node with `attributes` set, which it did not have before. */
function rewritten(node: NodeProto, attributes: Attributes): NodeProto {
  const added = Object.entries(attributes).map(([name, value]) => writeAttribute(name, value));
  node.attribute = [...node.attribute.filter(({ name }) => !(name in attributes)), ...added];
  return node;
}

function bigInts(node: NodeProto, name: string): readonly bigint[] | undefined {
  return node.attribute.find((attribute) => attribute.name === name)?.ints;
}

function ints(values: readonly number[]): TensorValue {
  return tensorOf('int64', values);
}

function longs(values: readonly bigint[]): TensorValue {
  return { type: 'int64', dims: [values.length], data: BigInt64Array.from(values) };
}

/** Below 12 clip and pad know floats alone, but of any width. */
function scalarLike(place: StepPlace, value: number, like: string): string {
  if (place.to < 15) place.refuse('it needs operator set 15');
  return place.add('CastLike', [place.constant(tensorOf('float32', [value], [])), like]);
}
