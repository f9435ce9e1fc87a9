// Nodes written for one version of the ONNX operator set, rewritten for a later one: the steps of opset-steps.ts in order.

import { MdbenchError } from '../../errors.js';
import { standardDomain, subgraphsOf } from '../graph.js';
import { type FreshName, freshNames } from '../graph-names.js';
import type { FunctionProto, ModelProto, NodeProto } from '../proto/onnx_pb.js';
import { createNodeList } from './node-list.js';
import { type Step, steps } from './opset-steps.js';

const oldestOpset = 9;
const newestOpset = 24;

/** The version of the ONNX operator set that a model or a function imports; 1 where it imports none. */
export function standardOpset(model: Pick<ModelProto | FunctionProto, 'opsetImport'>): number {
  const own = model.opsetImport.filter(({ domain }) => standardDomain(domain));
  return own.reduce((latest, { version }) => Math.max(latest, Number(version)), 1);
}

/**
 * Raises `model` itself; functions are left as they are. Returns how many nodes were rewritten.
 * @throws MdbenchError `opset-unsupported`
 */
export function raiseGraph(model: ModelProto, to: number): number {
  const graph = model.graph!;
  const from = standardOpset(model);
  if (from >= to) return 0;
  const known = [...graph.input, ...graph.output, ...graph.valueInfo].flatMap(({ name, type }) =>
    type?.value.case === 'tensorType' && type.value.value.shape
      ? [[name, type.value.value.shape.dim.length] as const]
      : [],
  );
  const ranks = new Map([
    ...known,
    ...graph.initializer.map(({ name, dims }) => [name, dims.length] as const),
  ]);
  const counter = { rewritten: 0 };
  graph.node = raiseNodes(graph.node, from, to, freshNames(graph), ranks, counter);
  for (const set of model.opsetImport) if (standardDomain(set.domain)) set.version = BigInt(to);
  raiseIrVersion(model, to);
  return counter.rewritten;
}

/** @param ranks of tensors, as far as they are known */
export function raiseNodes(
  nodes: readonly NodeProto[],
  from: number,
  to: number,
  fresh: FreshName,
  ranks: ReadonlyMap<string, number> = new Map(),
  counter = { rewritten: 0 },
): NodeProto[] {
  if (from >= to) return [...nodes];
  if (from < oldestOpset) throw outOfRange(from);
  if (to > newestOpset) throw outOfRange(to);
  return nodes.flatMap((node) => {
    for (const graph of subgraphsOf(node)) {
      graph.node = raiseNodes(graph.node, from, to, fresh, ranks, counter);
    }
    return raiseNode(node, from, to, fresh, ranks, counter);
  });
}

function raiseNode(
  node: NodeProto,
  from: number,
  to: number,
  fresh: FreshName,
  ranks: ReadonlyMap<string, number>,
  counter: { rewritten: number },
): NodeProto[] {
  let written = [node];
  let touched = false;
  for (const [version, table] of steps) {
    if (version <= from || version > to) continue;
    written = written.flatMap((old) => {
      const step = standardDomain(old.domain) ? table.get(old.opType) : undefined;
      if (!step || !old.input[0] || !old.output[0]) return [old];
      const before = formOf(old);
      const nodes = takeStep(step, old, { version, to, fresh, ranks });
      touched ||= nodes.length !== 1 || formOf(nodes[0]!) !== before;
      return nodes;
    });
  }
  if (touched) counter.rewritten++;
  return written;
}

function formOf({ opType, input, output, attribute }: NodeProto): string {
  return JSON.stringify([opType, input, output, attribute.map(({ name }) => name)]);
}

function takeStep(
  step: Step,
  node: NodeProto,
  place: { fresh: FreshName; to: number; version: number; ranks: ReadonlyMap<string, number> },
): NodeProto[] {
  const { version, to, fresh, ranks } = place;
  const list = createNodeList(fresh, node.output[0] ?? node.opType);
  const next = step(node, {
    ...list,
    to,
    rank: (name) => ranks.get(name),
    refuse(reason) {
      throw new MdbenchError(
        'opset-unsupported',
        `The operator ${node.opType} of the model's operator set ${version - 1} cannot be raised to ${to}: ${reason}.`,
        `Export the model again with operator set ${to}.`,
      );
    },
  });
  return next ? [...list.nodes, next] : list.nodes;
}

/** Below 4 every initializer is an input as well, and a constant all the same. */
function raiseIrVersion(model: ModelProto, opset: number): void {
  const needed = irVersions.findLast(([first]) => opset >= first)![1];
  if (Number(model.irVersion) >= needed) return;
  if (Number(model.irVersion) < 4) {
    const filled = new Set(model.graph!.initializer.map(({ name }) => name));
    model.graph!.input = model.graph!.input.filter(({ name }) => !filled.has(name));
  }
  model.irVersion = BigInt(needed);
}

/** First operator set that each version of the format came with (onnx, docs/Versioning.md). */
const irVersions: readonly (readonly [opset: number, ir: number])[] = [
  [9, 4],
  [10, 5],
  [11, 6],
  [12, 7],
  [15, 8],
  [19, 9],
  [21, 10],
  [23, 11],
  [24, 12],
];

function outOfRange(version: number): MdbenchError {
  return new MdbenchError(
    'opset-unsupported',
    `Version ${version} of the ONNX operator set, which the model asks for, is not one of those that mdbench knows how to raise, ${oldestOpset} to ${newestOpset}.`,
    'Export the model again with operator set 18.',
  );
}
