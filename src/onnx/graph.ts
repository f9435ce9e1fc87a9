// Walks over an ONNX graph: every node and every tensor of it, those of its subgraphs included.

import type { AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto } from './proto/onnx_pb.js';

/** Nodes of `graph` and of the subgraphs in their attributes (If, Loop, Scan), outermost first. */
export function* nodesOf(graph: { readonly node: readonly NodeProto[] }): Generator<NodeProto> {
  for (const node of graph.node) {
    yield node;
    for (const subgraph of subgraphsOf(node)) yield* nodesOf(subgraph);
  }
}

/** Initializers and constant attributes of `graph` and its subgraphs. */
export function* tensorsOf(graph: GraphProto): Generator<TensorProto> {
  yield* graph.initializer;
  for (const node of graph.node) {
    for (const attribute of node.attribute) yield* attributeTensors(attribute);
    for (const subgraph of subgraphsOf(node)) yield* tensorsOf(subgraph);
  }
}

/** Whether a domain is that of the ONNX standard. */
export function standardDomain(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

/** `Add`, or `com.microsoft:Gelu` where the operator is not of the ONNX standard. */
export function qualifiedName(node: NodeProto): string {
  return standardDomain(node.domain) ? node.opType : `${node.domain}:${node.opType}`;
}

/** How often each operator occurs, by qualified name, the most frequent first; bodies of model functions count once. */
export function operatorCounts(model: ModelProto): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const body of [model.graph, ...model.functions]) {
    for (const node of body ? nodesOf(body) : []) {
      const name = qualifiedName(node);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

/** Whether any ScatterND adds up (or multiplies, …) what is written to the same place. */
export function reducesInScatterND(model: ModelProto): boolean {
  const bodies = [model.graph, ...model.functions].filter((body) => body !== undefined);
  return bodies.some((body) =>
    [...nodesOf(body)].some((node) => node.opType === 'ScatterND' && reduces(node)),
  );
}

export function reduces(node: NodeProto): boolean {
  const reduction = node.attribute.find((attribute) => attribute.name === 'reduction');
  return reduction !== undefined && new TextDecoder().decode(reduction.s) !== 'none';
}

function* attributeTensors(attribute: AttributeProto): Generator<TensorProto> {
  if (attribute.t) yield attribute.t;
  yield* attribute.tensors;
}

export function subgraphsOf(node: NodeProto): GraphProto[] {
  return node.attribute.flatMap((attribute) =>
    attribute.g ? [attribute.g, ...attribute.graphs] : attribute.graphs,
  );
}
