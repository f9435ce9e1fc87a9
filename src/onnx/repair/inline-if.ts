// Puts the branch that is always taken in the place of an If: exporters write one for squeeze(dim) and the like, and its
// condition asks for a shape that every run has.

import { create, toBinary } from '@bufbuild/protobuf';
import { copyMessage } from '../copy.js';
import { standardDomain } from '../graph.js';
import { type FreshName, freshNames, readsOf } from '../graph-names.js';
import type { Feeds, GraphRunner } from '../graph-runner.js';
import type { Lint } from '../lint.js';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  ValueInfoProtoSchema,
} from '../proto/onnx_pb.js';
import { dependences, dependsOn } from './dependence.js';
import { instantiate } from './instantiate.js';
import { change, type Repaired, unchanged } from './repaired.js';

export interface Probing {
  readonly run: GraphRunner;
  /** Inputs to try a model with, differing in every count; null where nobody knows how to feed it. */
  readonly probes: (model: ModelProto) => readonly Feeds[] | null;
}

interface Decision {
  readonly taken: boolean;
  /** What is compared has another value in each probe: a system of the one size that was asked for would take the other branch. */
  readonly follows: boolean;
}

const comparisons = new Set(['Equal', 'Less', 'Greater', 'LessOrEqual', 'GreaterOrEqual']);
const deepest = 64;

/**
 * Only conditions that are the same in all probes and depend on nothing but shapes and on `uniform` inputs: whole
 * numbers that are all the same in all probes, as the indices of a batch of one are. `sizes` of the change names the
 * Ifs that compare a size which differs between the probes. The Ifs that stay are a lint.
 */
export function inlineIf(given: ModelProto, probing: Probing): Repaired {
  if (!given.graph?.node.some(isIf)) return unchanged(given);
  const model = copyMessage(given);
  const graph = model.graph!;
  const fresh = freshNames(graph);
  const feeds = probing.probes(given);
  const uniform = uniformInputs(feeds ?? []);
  const inlined: string[] = [];
  const sizes: string[] = [];
  for (let depth = 0; depth < deepest; depth++) {
    const decisions = decide(model, graph, probing.run, feeds, uniform);
    if (decisions.size === 0) break;
    for (const [node, { follows }] of decisions) {
      inlined.push(nameOf(node));
      if (follows) sizes.push(nameOf(node));
    }
    graph.node = graph.node.flatMap((node) => {
      const decision = decisions.get(node);
      return decision ? takeBranch(graph, node, decision.taken, fresh) : [node];
    });
  }
  const lints = keptLints(graph, feeds);
  if (inlined.length === 0) return unchanged(given, lints);
  return { model, changes: [change('inline-if', inlined.length, { nodes: inlined, sizes })], lints };
}

function decide(
  model: ModelProto,
  graph: GraphProto,
  run: GraphRunner,
  feeds: readonly Feeds[] | null,
  uniform: ReadonlySet<string>,
): Map<NodeProto, Decision> {
  const known = dependences(graph, uniform);
  const most = feeds && feeds.length > 0 ? dependsOn.shapes : dependsOn.nothing;
  const candidates = graph.node.filter(
    (node) => isIf(node) && hasBranches(node) && level(known.get(node.input[0] ?? '')) <= most,
  );
  const decided = new Map<NodeProto, Decision>();
  if (candidates.length === 0) return decided;
  const producers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const compared = new Map(candidates.map((node) => [node, comparedIn(node.input[0]!, producers)] as const));
  const wanted = new Set(candidates.flatMap((node) => [node.input[0]!, ...compared.get(node)!]));
  const bytes = toBinary(ModelProtoSchema, cutDown(model, wanted, producers));
  const seen = (feeds?.length ? feeds : [{}]).map((feed) => run.run(bytes, feed));
  for (const node of candidates) {
    const taken = seen.map((values) => Number(values[node.input[0]!]!.data[0]) !== 0);
    if (taken.some((other) => other !== taken[0])) continue;
    const follows = compared
      .get(node)!
      .some((name) => new Set(seen.map((one) => `${one[name]!.data}`)).size > 1);
    decided.set(node, { taken: taken[0]!, follows });
  }
  return decided;
}

/** Inputs of whole numbers that are one and the same number in all of `feeds`. */
function uniformInputs(feeds: readonly Feeds[]): Set<string> {
  const first = feeds[0] ?? {};
  const names = Object.keys(first).filter((name) => {
    const number = first[name]!.data[0];
    return feeds.every((feed) => feed[name]?.data.every((other: number | bigint) => other === number));
  });
  return new Set(names);
}

function level(dependence: { value: number; shape: number } | undefined): number {
  return dependence ? Math.max(dependence.value, dependence.shape) : dependsOn.floats;
}

/** What the comparisons behind a condition compare. */
function comparedIn(condition: string, producers: ReadonlyMap<string, NodeProto>): string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  const open = [condition];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = producers.get(name);
    if (!node || visited.has(name)) continue;
    visited.add(name);
    for (const input of node.input) {
      if (input === '') continue;
      if (comparisons.has(node.opType)) found.add(input);
      else open.push(input);
    }
  }
  return [...found];
}

/** The part of a model that computes `wanted`, its outputs. */
function cutDown(
  model: ModelProto,
  wanted: ReadonlySet<string>,
  producers: ReadonlyMap<string, NodeProto>,
): ModelProto {
  const graph = model.graph!;
  const needed = new Set(wanted);
  const nodes = new Set<NodeProto>();
  for (const name of needed) {
    const node = producers.get(name);
    if (!node || nodes.has(node)) continue;
    nodes.add(node);
    for (const read of readsOf(node)) needed.add(read);
  }
  return create(ModelProtoSchema, {
    irVersion: model.irVersion,
    opsetImport: model.opsetImport,
    functions: model.functions,
    graph: {
      name: 'conditions',
      node: graph.node.filter((node) => nodes.has(node)),
      initializer: graph.initializer.filter(({ name }) => needed.has(name)),
      sparseInitializer: graph.sparseInitializer.filter(({ values }) => needed.has(values?.name ?? '')),
      input: graph.input.filter(({ name }) => needed.has(name)),
      output: [...wanted].map((name) => create(ValueInfoProtoSchema, { name })),
    },
  });
}

function hasBranches(node: NodeProto): boolean {
  const branches = [branchOf(node, 'then_branch'), branchOf(node, 'else_branch')];
  return branches.every((branch) => branch?.output.length === node.output.length);
}

function branchOf(node: NodeProto, side: string): GraphProto | undefined {
  return node.attribute.find(({ name }) => name === side)?.g;
}

function takeBranch(graph: GraphProto, node: NodeProto, taken: boolean, fresh: FreshName): NodeProto[] {
  const branch = branchOf(node, taken ? 'then_branch' : 'else_branch')!;
  const renamed = new Map<string, string>();
  for (const tensor of branch.initializer) {
    const name = fresh(tensor.name);
    renamed.set(tensor.name, name);
    graph.initializer.push(Object.assign(copyMessage(tensor), { name }));
  }
  for (const { values, ...sparse } of branch.sparseInitializer) {
    if (!values) continue;
    const name = fresh(values.name);
    renamed.set(values.name, name);
    graph.sparseInitializer.push({ ...sparse, values: Object.assign(copyMessage(values), { name }) });
  }
  const outputs = branch.output.map(({ name }) => name);
  return instantiate({ node: branch.node, inputs: [], outputs }, node, fresh, renamed);
}

function keptLints(graph: GraphProto, feeds: readonly Feeds[] | null): Lint[] {
  const kept = graph.node.filter(isIf).map(nameOf);
  return kept.length === 0
    ? []
    : [{ id: 'if-kept', count: kept.length, values: { nodes: kept, probed: feeds !== null } }];
}

function isIf(node: NodeProto): boolean {
  return node.opType === 'If' && standardDomain(node.domain);
}

function nameOf(node: NodeProto): string {
  return node.name || node.output.find((name) => name !== '') || node.opType;
}
