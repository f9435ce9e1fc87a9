// Nodes of a graph in an order in which each runs after what it reads.

import type { NodeProto } from './proto/onnx_pb.js';

export interface NodeOrder {
  /** The nodes as they were given where they are in order already. */
  readonly ordered: readonly NodeProto[];
  /** Nodes that wait for each other in a circle, or for such nodes. */
  readonly stuck: readonly NodeProto[];
}

/** @param reads names that a node needs, those that its subgraphs capture included */
export function orderNodes(
  nodes: readonly NodeProto[],
  reads: ReadonlyMap<NodeProto, ReadonlySet<string>>,
): NodeOrder {
  const place = new Map(nodes.flatMap((node, k) => node.output.map((name) => [name, k] as const)));
  place.delete('');
  const before = nodes.map((node) =>
    [...reads.get(node)!].flatMap((name) => (place.has(name) ? [place.get(name)!] : [])),
  );
  if (before.every((needed, k) => needed.every((other) => other < k))) return { ordered: nodes, stuck: [] };
  const after: number[][] = nodes.map(() => []);
  for (const [k, needed] of before.entries()) for (const other of needed) after[other]!.push(k);
  const missing = before.map((needed) => needed.length);
  const order = missing.flatMap((count, k) => (count === 0 ? [k] : []));
  for (const k of order) for (const next of after[k]!) if (--missing[next]! === 0) order.push(next);
  const stuck = nodes.filter((_, k) => missing[k]! > 0);
  return { ordered: order.map((k) => nodes[k]!), stuck };
}
