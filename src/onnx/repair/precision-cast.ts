// A model in another precision: every weight, constant, cast, input and output, those of subgraphs included.

import { MdbenchError } from '../../errors.js';
import { writeAttribute } from '../attributes.js';
import { copyMessage } from '../copy.js';
import { standardDomain, subgraphsOf } from '../graph.js';
import { freshNames } from '../graph-names.js';
import { numberReader } from '../half.js';
import { printableName } from '../printable-name.js';
import type { GraphProto, ModelProto, NodeProto, TensorProto, TypeProto } from '../proto/onnx_pb.js';
import { elementTypeName, elementTypeNumber } from '../tensor-type.js';
import { readTensor, type TensorValue, tensorOf, writeTensor } from '../tensor-values.js';
import { doubleForm } from './double-forms.js';
import { inlineFunctions } from './inline-functions.js';
import { upgradeOpset } from './opset-upgrade.js';
import { change, type Repaired, unchanged } from './repaired.js';

export type Precision = 'float32' | 'float64';

interface Casting {
  readonly to: Precision;
  readonly number: number;
  readonly from: Set<string>;
  count: number;
}

const floats = new Set(['float16', 'bfloat16', 'float32', 'float64']);
/** Operators whose output is of a type that an attribute names, float32 unless it is there. */
const typedByAttribute: Readonly<Record<string, string>> = {
  RandomNormal: 'dtype',
  RandomUniform: 'dtype',
  SequenceEmpty: 'dtype',
  HannWindow: 'output_datatype',
  HammingWindow: 'output_datatype',
  BlackmanWindow: 'output_datatype',
  MelWeightMatrix: 'output_datatype',
};
const typeAttributes = new Set(['to', 'dtype', 'output_datatype']);

/**
 * Functions are inlined first. In double, operator sets below 15 are raised, and operators that ONNX Runtime computes in single precision only are rewritten
 * in terms of others where that is exact (double-forms.ts), else run in float32 between two casts: a lint.
 * @throws MdbenchError `damaged-onnx` where a tensor's bytes and shape disagree, `external-data-missing` where weights
 * are still in another file
 */
export function castPrecision(given: ModelProto, to: Precision): Repaired {
  if (!given.graph) return unchanged(given);
  const inlined = inlineFunctions(given);
  const raised = to === 'float64' ? upgradeOpset(inlined.model, 15) : unchanged(inlined.model);
  const model = copyMessage(raised.model);
  const graph = model.graph!;
  const casting: Casting = { to, number: elementTypeNumber(to), from: new Set(), count: 0 };
  castGraph(graph, casting);
  const rewritten = new Set<string>();
  const single = new Set<string>();
  if (to === 'float64') {
    const fresh = freshNames(graph);
    eachNodeList(graph, (nodes) =>
      nodes.flatMap((node) => {
        const form = doubleForm(node, fresh);
        if (!form) return [node];
        (form.exact ? rewritten : single).add(node.opType);
        return form.nodes;
      }),
    );
  }
  const lints =
    single.size > 0
      ? [{ id: 'no-double-kernel', count: single.size, values: { operators: [...single].sort() } } as const]
      : [];
  if (casting.count === 0 && rewritten.size + single.size === 0) return unchanged(given, lints);
  const values = { from: [...casting.from].sort(), to, rewritten: [...rewritten].sort() };
  return {
    model,
    changes: [...inlined.changes, ...raised.changes, change('precision-cast', casting.count, values)],
    lints,
  };
}

function eachNodeList(graph: GraphProto, map: (nodes: NodeProto[]) => NodeProto[]): void {
  for (const subgraph of graph.node.flatMap(subgraphsOf)) eachNodeList(subgraph, map);
  graph.node = map(graph.node);
}

function castGraph(graph: GraphProto, casting: Casting): void {
  graph.valueInfo = [];
  for (const { type } of [...graph.input, ...graph.output]) if (type) castType(type, casting);
  graph.initializer = graph.initializer.map((tensor) => castTensor(tensor, casting));
  for (const sparse of graph.sparseInitializer)
    if (sparse.values) sparse.values = castTensor(sparse.values, casting);
  for (const node of graph.node) {
    castNode(node, casting);
    for (const subgraph of subgraphsOf(node)) castGraph(subgraph, casting);
  }
}

function castNode(node: NodeProto, casting: Casting): void {
  for (const attribute of node.attribute) {
    if (attribute.t) attribute.t = castTensor(attribute.t, casting);
    attribute.tensors = attribute.tensors.map((tensor) => castTensor(tensor, casting));
    const sparse = attribute.sparseTensor;
    if (sparse?.values) sparse.values = castTensor(sparse.values, casting);
    if (attribute.tp) castType(attribute.tp, casting);
    if (typeAttributes.has(attribute.name)) attribute.i = castWhole(attribute.i, casting);
  }
  if (!standardDomain(node.domain)) return;
  if (node.opType === 'Constant') castListed(node, casting);
  if (node.opType === 'ConstantOfShape' && node.attribute.length === 0)
    node.attribute = [writeAttribute('value', tensorOf(casting.to, [0]))];
  const typed = typedByAttribute[node.opType];
  if (typed && !node.attribute.some(({ name }) => name === typed))
    node.attribute.push(writeAttribute(typed, casting.number));
}

/** `value_float` and `value_floats` are float32 by their nature. */
function castListed(node: NodeProto, casting: Casting): void {
  node.attribute = node.attribute.map((attribute) => {
    const { name, f, floats: list } = attribute;
    if (name === 'value_float') return writeAttribute('value', tensorOf(casting.to, [f], []));
    if (name === 'value_floats') return writeAttribute('value', tensorOf(casting.to, list));
    return attribute;
  });
}

function castType({ value: type }: TypeProto, casting: Casting): void {
  if (type.case === 'tensorType' || type.case === 'sparseTensorType') {
    type.value.elemType = castNumber(type.value.elemType, casting);
  } else if (type.case === 'sequenceType' || type.case === 'optionalType') {
    if (type.value.elemType) castType(type.value.elemType, casting);
  } else if (type.case === 'mapType' && type.value.valueType) {
    castType(type.value.valueType, casting);
  }
}

/** What stands for no type stays: a float does not hold every int64. */
function castWhole(number: bigint, casting: Casting): bigint {
  const cast = castNumber(Number(number), casting);
  return cast === Number(number) ? number : BigInt(cast);
}

function castNumber(number: number, casting: Casting): number {
  const name = elementTypeName(number);
  if (name === casting.to || !floats.has(name)) return number;
  casting.from.add(name);
  casting.count++;
  return casting.number;
}

function castTensor(tensor: TensorProto, casting: Casting): TensorProto {
  if (castNumber(tensor.dataType, casting) === tensor.dataType) return tensor;
  if (tensor.externalData.length > 0) throw stillOutside(tensor);
  const value = readTensor(tensor);
  return writeTensor(tensor.name, { ...value, type: casting.to, data: castData(value, casting.to) });
}

function castData({ type, data }: TensorValue, to: Precision): Float32Array | Float64Array {
  const cast = to === 'float64' ? new Float64Array(data.length) : new Float32Array(data.length);
  const read = numberReader(type);
  for (let k = 0; k < data.length; k++) cast[k] = read(data[k]!);
  return cast;
}

function stillOutside({ name }: TensorProto): MdbenchError {
  return new MdbenchError(
    'external-data-missing',
    `The weights "${printableName(name)}" are kept beside the model, which mdbench cannot cast to another precision.`,
    'Save the model as a single file.',
  );
}
