// EyeLike of a type that ONNX Runtime's CPU provider has no kernel for, bool above all: made of int64 and cast.

import { writeAttribute } from '../attributes.js';
import { copyMessage } from '../copy.js';
import { standardDomain, subgraphsOf } from '../graph.js';
import { type FreshName, freshNames } from '../graph-names.js';
import type { GraphProto, ModelProto, NodeProto } from '../proto/onnx_pb.js';
import { elementTypeName, elementTypeNumber } from '../tensor-type.js';
import { createNodeList } from './node-list.js';
import { standardOpset } from './opset-raise.js';
import { change, type Repaired, unchanged } from './repaired.js';

const supported = new Set(['float32', 'float64', 'uint64', 'int64', 'int32']);
const truths = new Set([
  'And',
  'Equal',
  'Greater',
  'GreaterOrEqual',
  'IsInf',
  'IsNaN',
  'Less',
  'LessOrEqual',
  'Not',
  'Or',
  'Xor',
]);

/** The same numbers: only the shape of what EyeLike is given counts. */
export function repairEyeLike(given: ModelProto): Repaired {
  if (!given.graph) return unchanged(given);
  const model = copyMessage(given);
  const castLike = standardOpset(model) >= 15;
  const names = repairGraph(model.graph!, new Map(), freshNames(model.graph!), castLike);
  if (names.length === 0) return unchanged(given);
  return { model, changes: [change('eye-like', names.length, { nodes: names })], lints: [] };
}

function repairGraph(
  graph: GraphProto,
  outer: ReadonlyMap<string, string>,
  fresh: FreshName,
  castLike: boolean,
): string[] {
  const types = new Map([...outer, ...typesOf(graph)]);
  const names: string[] = [];
  graph.node = graph.node.flatMap((node) => {
    for (const subgraph of subgraphsOf(node)) names.push(...repairGraph(subgraph, types, fresh, castLike));
    if (node.opType !== 'EyeLike' || !standardDomain(node.domain) || runs(node, types)) return [node];
    if (!node.input[0] || !node.output[0]) return [node];
    names.push(node.name || node.output[0]!);
    return throughInt64(node, types.get(node.input[0]!), fresh, castLike);
  });
  return names;
}

function runs(node: NodeProto, types: ReadonlyMap<string, string>): boolean {
  const type = types.get(node.input[0] ?? '') ?? 'unknown';
  return supported.has(type) && supported.has(dtypeOf(node) ?? type);
}

function dtypeOf(node: NodeProto): string | undefined {
  const dtype = node.attribute.find(({ name }) => name === 'dtype');
  return dtype && elementTypeName(Number(dtype.i));
}

function throughInt64(
  node: NodeProto,
  type: string | undefined,
  fresh: FreshName,
  castLike: boolean,
): NodeProto[] {
  const list = createNodeList(fresh, node.output[0]!);
  const [input, output, wanted] = [node.input[0]!, node.output[0]!, dtypeOf(node) ?? type];
  const int64 = elementTypeNumber('int64');
  const diagonal = node.attribute.filter(({ name }) => name === 'k');
  const eye = list.add('EyeLike', [list.add('Cast', [input], { to: int64 })]);
  list.nodes.at(-1)!.attribute = [...diagonal, writeAttribute('dtype', int64)];
  if (wanted === undefined && castLike) list.add('CastLike', [eye, input], {}, output);
  else list.add('Cast', [eye], { to: elementTypeNumber(wanted ?? 'bool') }, output);
  return list.nodes;
}

/** As far as they are written down or can be told from what makes a tensor. */
function typesOf(graph: GraphProto): [name: string, type: string][] {
  const written = [...graph.input, ...graph.output, ...graph.valueInfo].flatMap(({ name, type }) =>
    type?.value.case === 'tensorType'
      ? [[name, elementTypeName(type.value.value.elemType)] as [string, string]]
      : [],
  );
  const weights = graph.initializer.map(({ name, dataType }): [string, string] => [
    name,
    elementTypeName(dataType),
  ]);
  const made = graph.node.flatMap((node) => {
    const type = madeType(node);
    return type ? [[node.output[0] ?? '', type] as [string, string]] : [];
  });
  return [...made, ...written, ...weights];
}

function madeType({ opType, attribute }: NodeProto): string | undefined {
  if (truths.has(opType)) return 'bool';
  if (opType === 'Shape' || opType === 'Size' || opType === 'NonZero') return 'int64';
  const tensor = attribute.find(({ name }) => name === 'value')?.t;
  if (opType === 'Constant') return tensor && elementTypeName(tensor.dataType);
  if (opType === 'ConstantOfShape') return tensor ? elementTypeName(tensor.dataType) : 'float32';
  const to = attribute.find(({ name }) => name === 'to');
  return opType === 'Cast' && to ? elementTypeName(Number(to.i)) : undefined;
}
