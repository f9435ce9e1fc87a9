// The nodes of a profile as the rules of the hot spots look at them: in ms a force call, without what profiling adds.

import type { OperatorNode, OperatorProfile } from '../../result/index.js';

export type Measured = Omit<OperatorProfile, 'hotSpots' | 'warnings'>;

export interface ViewedNode extends OperatorNode {
  /** True: of the subgraph of another node. */
  readonly inner: boolean;
  /** ms a force call beyond what every node has. */
  readonly net: number;
}

export interface NodeView {
  readonly measured: Measured;
  /** The longest first. */
  readonly nodes: readonly ViewedNode[];
  /** How many nodes run in a force call, repetitions counted. */
  readonly calls: number;
  /** ms a force call, as measured. */
  readonly time: number;
  /** % of the net time of all nodes. */
  share(nodes: readonly ViewedNode[]): number;
}

/** ms: describing shapes for the profile is part of a node's time, and took 2 to 3 µs a node where it was measured. */
const mostAdded = 0.005;

export function viewNodes(measured: Measured, inner: ReadonlySet<OperatorNode>): NodeView {
  const added = Math.min(mostAdded, ...measured.nodes.map(({ time, calls }) => time / calls));
  const nodes = measured.nodes
    .map((node) => ({ ...node, inner: inner.has(node), net: Math.max(0, node.time - added * node.calls) }))
    .sort((a, b) => b.net - a.net);
  const all = sum(nodes, 'net');
  return {
    measured,
    nodes,
    calls: sum(nodes, 'calls'),
    time: sum(nodes, 'time'),
    share: (some) => (all > 0 ? (100 * sum(some, 'net')) / all : 0),
  };
}

export function sum(nodes: readonly ViewedNode[], column: 'net' | 'time' | 'calls'): number {
  return nodes.reduce((total, node) => total + node[column], 0);
}
