// What the tensors of a graph depend on: nothing, the shapes of inputs, whole numbers in inputs, or floats in them.

import { standardDomain, subgraphsOf } from '../graph.js';
import { readsOf } from '../graph-names.js';
import type { GraphProto, NodeProto, ValueInfoProto } from '../proto/onnx_pb.js';
import { elementTypeName, isFloatType } from '../tensor-type.js';

export const dependsOn = { nothing: 0, shapes: 1, integers: 2, floats: 3 } as const;

export interface Dependence {
  /** One of `dependsOn`: what its elements are computed from, at most. */
  readonly value: number;
  /** The same for its shape. */
  readonly shape: number;
}

const unknown: Dependence = { value: dependsOn.floats, shape: dependsOn.floats };
/** Operators whose output has a shape that the elements of all inputs decide on. */
const shapedByAll = new Set([
  ...['NonZero', 'Unique', 'Compress', 'NonMaxSuppression', 'ConstantOfShape', 'Range', 'HannWindow'],
  ...[
    'HammingWindow',
    'BlackmanWindow',
    'MelWeightMatrix',
    'Loop',
    'Scan',
    'If',
    'SequenceAt',
    'SequenceMap',
  ],
  ...[
    'SequenceInsert',
    'SequenceErase',
    'ConcatFromSequence',
    'StringSplit',
    'TfIdfVectorizer',
    'AffineGrid',
  ],
]);
/** Operators whose output has a shape that the elements of the inputs after the first decide on. */
const shapedByOthers = new Set([
  ...[
    'Reshape',
    'Expand',
    'Tile',
    'Slice',
    'Pad',
    'TopK',
    'OneHot',
    'Resize',
    'Upsample',
    'Split',
    'Squeeze',
  ],
  ...['Unsqueeze', 'SplitToSequence', 'CenterCropPad', 'MaxUnpool', 'Col2Im', 'DFT', 'STFT'],
]);
const random = /^(Random|Bernoulli|Multinomial)/;

/**
 * @param uniform inputs whose whole numbers are one and the same in every run, so that only their shapes count
 * @returns by tensor; what `graph` does not define is missing
 */
export function dependences(graph: GraphProto, uniform: ReadonlySet<string>): Map<string, Dependence> {
  const known = new Map<string, Dependence>();
  for (const input of graph.input) known.set(input.name, ofInput(input, uniform));
  for (const { name } of graph.initializer)
    known.set(name, { value: dependsOn.nothing, shape: dependsOn.nothing });
  for (const { values } of graph.sparseInitializer)
    if (values) known.set(values.name, { value: dependsOn.nothing, shape: dependsOn.nothing });
  for (const node of graph.node) {
    const found = ofNode(node, (name) => known.get(name) ?? unknown);
    for (const name of node.output) known.set(name, found);
  }
  return known;
}

function ofInput({ name, type }: ValueInfoProto, uniform: ReadonlySet<string>): Dependence {
  if (type?.value.case !== 'tensorType') return unknown;
  const { elemType, shape } = type.value.value;
  const integers = uniform.has(name) ? dependsOn.shapes : dependsOn.integers;
  const value = isFloatType(elementTypeName(elemType)) ? dependsOn.floats : integers;
  const fixed = shape?.dim.every((dim) => dim.value.case === 'dimValue') ?? false;
  return { value, shape: fixed ? dependsOn.nothing : dependsOn.shapes };
}

function ofNode(node: NodeProto, known: (name: string) => Dependence): Dependence {
  const reads = [...readsOf(node)].map(known);
  const value = reads.reduce((most, read) => Math.max(most, read.value), 0);
  const shape = reads.reduce((most, read) => Math.max(most, read.shape), 0);
  const either = Math.max(value, shape);
  if (!standardDomain(node.domain) || subgraphsOf(node).length > 0) return { value: either, shape: either };
  if (node.opType === 'Shape' || node.opType === 'Size') return { value: shape, shape: dependsOn.nothing };
  if (random.test(node.opType)) return { value: dependsOn.floats, shape };
  if (shapedByAll.has(node.opType)) return { value: either, shape: either };
  if (!shapedByOthers.has(node.opType) && !node.opType.startsWith('Reduce')) return { value: either, shape };
  const others = node.input.slice(1).filter((name) => name !== '');
  return { value: either, shape: others.reduce((most, name) => Math.max(most, known(name).value), shape) };
}
