// A graph without what is there twice or leads nowhere. Results stay the same to the last bit.

import { toBinary } from '@bufbuild/protobuf';
import { subgraphsOf } from '../graph.js';
import { readsOf } from '../graph-names.js';
import { AttributeProtoSchema, type GraphProto, type NodeProto, type TensorProto } from '../proto/onnx_pb.js';

const random = /^(Random|Bernoulli|Multinomial|Dropout)/;

/** Changes the lists of `graph`, and inputs of its nodes; the order of nodes stays. */
export function tidy(graph: GraphProto): void {
  mergeEqual(graph);
  dropUnread(graph);
}

/** Initializers of equal numbers and nodes of equal inputs become one. */
function mergeEqual(graph: GraphProto): void {
  const outside = new Set([...graph.output, ...graph.input].map(({ name }) => name));
  const captured = new Set(graph.node.filter(hasSubgraph).flatMap((node) => [...readsOf(node)]));
  const renamed = new Map<string, string>();
  const seen = new Map<string, readonly string[]>();
  const merge = (key: string, names: readonly string[]): boolean => {
    const first = seen.get(key);
    if (!first) seen.set(key, names);
    if (!first || names.some((name) => outside.has(name) || captured.has(name))) return false;
    for (const [k, name] of names.entries()) renamed.set(name, first[k]!);
    return true;
  };
  graph.initializer = graph.initializer.filter((tensor) => !merge(tensorKey(tensor), [tensor.name]));
  graph.node = graph.node.filter((node) => {
    node.input = node.input.map((name) => renamed.get(name) ?? name);
    if (hasSubgraph(node) || random.test(node.opType)) return true;
    return !merge(nodeKey(node), node.output);
  });
}

function tensorKey(tensor: TensorProto): string {
  const { name, rawData, dataType, dims } = tensor;
  if (rawData.length === 0) return `unlike any other: ${name}`;
  return `${dataType} ${dims} ${Buffer.from(rawData.buffer, rawData.byteOffset, rawData.length).toString('latin1')}`;
}

function nodeKey({ domain, opType, input, output, attribute }: NodeProto): string {
  const attributes = attribute.map((entry) =>
    Buffer.from(toBinary(AttributeProtoSchema, entry)).toString('latin1'),
  );
  const present = output.map((name) => (name === '' ? '-' : '+')).join('');
  return JSON.stringify([domain, opType, input, present, attributes.sort()]);
}

function dropUnread(graph: GraphProto): void {
  const read = new Set(graph.output.map(({ name }) => name));
  const kept: NodeProto[] = [];
  for (const node of graph.node.toReversed()) {
    if (!node.output.some((name) => read.has(name))) continue;
    for (const name of readsOf(node)) read.add(name);
    kept.push(node);
  }
  graph.node = kept.reverse();
  graph.initializer = graph.initializer.filter(({ name }) => read.has(name));
  const made = new Set(graph.node.flatMap(({ output }) => output));
  graph.valueInfo = graph.valueInfo.filter(({ name }) => made.has(name) || read.has(name));
}

function hasSubgraph(node: NodeProto): boolean {
  return subgraphsOf(node).length > 0;
}
