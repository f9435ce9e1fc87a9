// Puts the body of a function or of a branch in the place of the node that runs it, every name of its own made new.

import { create } from '@bufbuild/protobuf';
import { copyMessage } from '../copy.js';
import { subgraphsOf } from '../graph.js';
import { definitionsOf, type FreshName } from '../graph-names.js';
import { type GraphProto, type NodeProto, NodeProtoSchema, type ValueInfoProto } from '../proto/onnx_pb.js';

export interface Body {
  readonly node: readonly NodeProto[];
  /** Names as the body calls them, in the order of the node's inputs and outputs. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Copies of the nodes of `body` that compute `node`'s outputs from its inputs.
 * @param renamed other names that the body reads under new names: initializers that moved out of a branch
 */
export function instantiate(
  body: Body,
  node: NodeProto,
  fresh: FreshName,
  renamed: ReadonlyMap<string, string> = new Map(),
): NodeProto[] {
  const scope = new Map(renamed);
  for (const [k, name] of body.inputs.entries()) scope.set(name, node.input[k] ?? '');
  const produced = new Set(body.node.flatMap(({ output }) => output));
  const passed: [from: string, to: string][] = [];
  for (const [k, name] of body.outputs.entries()) {
    const wanted = node.output[k] ?? '';
    if (wanted === '') continue;
    if (produced.has(name) && !scope.has(name)) scope.set(name, wanted);
    else passed.push([name, wanted]);
  }
  const nodes = renameNodes(body.node, scope, fresh);
  const identities = passed.map(([from, to]) => identity(scope.get(from) ?? from, to));
  return [...nodes, ...identities];
}

function identity(from: string, to: string): NodeProto {
  return create(NodeProtoSchema, { opType: 'Identity', name: to, input: [from], output: [to] });
}

/** Adds what `nodes` define to `scope`. */
function renameNodes(nodes: readonly NodeProto[], scope: Map<string, string>, fresh: FreshName): NodeProto[] {
  for (const name of nodes.flatMap(({ output }) => output)) {
    if (name !== '' && !scope.has(name)) scope.set(name, fresh(name));
  }
  return nodes.map((node) => {
    const copy = copyMessage(node);
    copy.input = node.input.map((name) => scope.get(name) ?? name);
    copy.output = node.output.map((name) => scope.get(name) ?? name);
    copy.name = copy.output.find((name) => name !== '') ?? node.name;
    for (const subgraph of subgraphsOf(copy)) renameGraph(subgraph, scope, fresh);
    return copy;
  });
}

function renameGraph(graph: GraphProto, outer: ReadonlyMap<string, string>, fresh: FreshName): void {
  const scope = new Map(outer);
  for (const name of definitionsOf(graph)) scope.set(name, fresh(name));
  const rename = <T extends { name: string }>(named: T) => {
    named.name = scope.get(named.name) ?? named.name;
  };
  const values: ValueInfoProto[] = [...graph.input, ...graph.output, ...graph.valueInfo];
  values.forEach(rename);
  graph.initializer.forEach(rename);
  for (const { values } of graph.sparseInitializer) if (values) rename(values);
  graph.node = renameNodes(graph.node, scope, fresh);
}
