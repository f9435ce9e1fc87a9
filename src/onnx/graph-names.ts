// Names of tensors in a graph, and new ones that clash with none of them.

import { subgraphsOf } from './graph.js';
import type { GraphProto, NodeProto } from './proto/onnx_pb.js';

/** A new name that starts like `hint`; never given twice. */
export type FreshName = (hint: string) => string;

export function freshNames(graph: GraphProto): FreshName {
  const taken = new Set(namesOf(graph));
  const counts = new Map<string, number>();
  return (hint) => {
    let count = counts.get(hint) ?? 0;
    let name = count === 0 ? hint : `${hint}_${count}`;
    while (name === '' || taken.has(name)) name = `${hint}_${++count}`;
    counts.set(hint, count + 1);
    taken.add(name);
    return name;
  };
}

/** Every name that a tensor of `graph` or of its subgraphs goes by. */
export function* namesOf(graph: GraphProto): Generator<string> {
  for (const { name } of [...graph.input, ...graph.output, ...graph.initializer, ...graph.valueInfo])
    yield name;
  for (const { values } of graph.sparseInitializer) if (values) yield values.name;
  for (const node of graph.node) {
    yield* node.input;
    yield* node.output;
    for (const subgraph of subgraphsOf(node)) yield* namesOf(subgraph);
  }
}

/** What a node reads: its inputs, and the tensors of outer graphs that its subgraphs capture. */
export function readsOf(node: NodeProto): Set<string> {
  const reads = new Set(node.input);
  for (const subgraph of subgraphsOf(node)) for (const name of capturesOf(subgraph)) reads.add(name);
  reads.delete('');
  return reads;
}

/** Names that `graph` reads or returns and does not define. */
function capturesOf(graph: GraphProto): Set<string> {
  const own = new Set(definitionsOf(graph));
  const reads = new Set(graph.output.map(({ name }) => name));
  for (const node of graph.node) for (const name of readsOf(node)) reads.add(name);
  for (const name of own) reads.delete(name);
  return reads;
}

/** Names that `graph` itself defines, subgraphs left out. */
export function definitionsOf(graph: GraphProto): string[] {
  return [
    ...graph.input.map(({ name }) => name),
    ...graph.initializer.map(({ name }) => name),
    ...graph.sparseInitializer.map(({ values }) => values?.name ?? ''),
    ...graph.node.flatMap(({ output }) => output),
  ].filter((name) => name !== '');
}
