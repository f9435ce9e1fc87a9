// Axes of Reduce operators counted from the front: ONNX Runtime (seen in 1.30) takes axes that are counted from behind
// as they are where there are no elements, and returns the wrong shape, so that models fail on empty edge lists.

import { create, toBinary } from '@bufbuild/protobuf';
import { intsAttribute, writeAttribute } from '../attributes.js';
import { type Constants, constantsOf } from '../constants.js';
import { copyMessage } from '../copy.js';
import { freshNames } from '../graph-names.js';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  ValueInfoProtoSchema,
} from '../proto/onnx_pb.js';
import { tensorOf, writeTensor } from '../tensor-values.js';
import type { Probing } from './inline-if.js';
import { change, type Repaired, unchanged } from './repaired.js';

/** The same numbers. Ranks are seen in a probe; without one, or where it does not run, nothing is done. */
export function repairEmptyReductions(given: ModelProto, probing: Probing): Repaired {
  if (!given.graph) return unchanged(given);
  const constants = constantsOf(given.graph);
  if (!given.graph.node.some((node) => countsFromBehind(node, constants))) return unchanged(given);
  const model = copyMessage(given);
  const nodes = model.graph!.node.filter((node) => countsFromBehind(node, constants));
  const ranks = ranksOf(given, [...new Set(nodes.map((node) => node.input[0]!))], probing);
  if (!ranks) return unchanged(given);
  const fresh = freshNames(model.graph!);
  for (const node of nodes) {
    const rank = ranks.get(node.input[0]!)!;
    const axes = axesOf(node, constants)!.map((axis) => (axis < 0 ? axis + rank : axis));
    rewrite(model.graph!, node, axes, fresh);
  }
  const names = nodes.map((node) => node.name || node.output[0]!);
  return { model, changes: [change('empty-reductions', nodes.length, { nodes: names })], lints: [] };
}

function countsFromBehind(node: NodeProto, constants: Constants): boolean {
  const standard = node.domain === '' || node.domain === 'ai.onnx';
  if (!standard || !node.opType.startsWith('Reduce')) return false;
  return axesOf(node, constants)?.some((axis) => axis < 0) ?? false;
}

function axesOf(node: NodeProto, constants: Constants): number[] | undefined {
  const input = node.input[1];
  if (!input) return intsAttribute(node, 'axes');
  const value = constants.value(input);
  return value ? Array.from<number | bigint, number>(value.data, Number) : undefined;
}

/** Null where no probe tells them. */
function ranksOf(
  model: ModelProto,
  tensors: readonly string[],
  probing: Probing,
): Map<string, number> | null {
  const feeds = probing.probes(model)?.[0];
  if (!feeds) return null;
  const fresh = freshNames(model.graph!);
  const shapes = tensors.map((name) =>
    create(NodeProtoSchema, { opType: 'Shape', input: [name], output: [fresh(`${name}_shape`)] }),
  );
  const graph: GraphProto = {
    ...model.graph!,
    node: [...model.graph!.node, ...shapes],
    output: shapes.map(({ output }) => create(ValueInfoProtoSchema, { name: output[0]! })),
  };
  try {
    const seen = probing.run.run(toBinary(ModelProtoSchema, { ...model, graph }), feeds);
    return new Map(tensors.map((name, k) => [name, seen[shapes[k]!.output[0]!]!.data.length]));
  } catch {
    return null;
  }
}

function rewrite(
  graph: GraphProto,
  node: NodeProto,
  axes: readonly number[],
  fresh: (hint: string) => string,
): void {
  if (!node.input[1]) {
    node.attribute = [...node.attribute.filter(({ name }) => name !== 'axes'), writeAttribute('axes', axes)];
    return;
  }
  const name = fresh(`${node.output[0]}_axes`);
  graph.initializer.push(writeTensor(name, tensorOf('int64', axes)));
  node.input = [node.input[0]!, name];
}
