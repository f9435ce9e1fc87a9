// Reverse mode on a graph: from the energy back to its inputs, one rule a node (Griewank & Walther, Evaluating
// Derivatives, 2008, ch. 3).

import { standardDomain } from '../graph.js';
import { readsOf } from '../graph-names.js';
import type { GraphProto, NodeProto } from '../proto/onnx_pb.js';
import { isFloatType, isIntegerType } from '../tensor-type.js';
import type { TensorValue } from '../tensor-values.js';
import { type Accumulation, createEmitter, type Emitter, guarded } from './emitter.js';
import { joinSlices } from './joined-slices.js';
import { fixedDims } from './probed-shapes.js';
import { noRule, refusal } from './refusal.js';
import type { Rule } from './rule.js';
import { ruleOf, stopsDerivatives } from './rules/index.js';
import type { TensorFacts } from './tensor-facts.js';

export interface Differentiation {
  /** Nodes in topological order, functions and Ifs inlined, opset 18 or above; nodes are appended to it. */
  readonly graph: GraphProto;
  /** The tensor whose sum is differentiated. */
  readonly energy: string;
  readonly withRespectTo: readonly string[];
  /** Of every tensor of the graph. */
  readonly facts: ReadonlyMap<string, TensorFacts>;
  /** Tensors that do not depend on any input. */
  readonly constants: ReadonlyMap<string, TensorValue>;
  /** `elements` unless given. */
  readonly accumulation?: Accumulation;
}

/**
 * Appends the derivative of the energy to the graph. Returns ∂E/∂t for each t of `withRespectTo`, null where the energy
 * does not depend on it, and the emitter that wrote them.
 * @throws MdbenchError `not-differentiable` naming the operator
 */
export function pullBack(request: Differentiation): { gradients: (string | null)[]; emit: Emitter } {
  const { graph, energy, withRespectTo, constants } = request;
  const nodes = [...graph.node];
  const facts = (tensor: string) => {
    const found = request.facts.get(tensor);
    if (!found) throw new Error(`no probe has seen the tensor "${tensor}"`);
    return found;
  };
  const emit = createEmitter(graph, facts, request.accumulation);
  const active = dependents(nodes, withRespectTo, (tensor) =>
    isFloatType(request.facts.get(tensor)?.type ?? 'float, in a sequence'),
  );
  const parts = new Map<string, string[]>();
  /** Tensors whose adjoint does not come from masks alone. */
  const bare = new Set([energy]);
  const adjoint = (tensor: string): string | null => {
    const terms = parts.get(tensor);
    if (!terms) return null;
    const joined = terms.length > 1 ? joinSlices(terms, fixedDims(facts(tensor)), graph, emit) : terms;
    const sum = joined.length > 2 ? emit.op('Sum', joined) : joined.reduce((a, b) => emit.add(a, b));
    parts.set(tensor, [sum]);
    return sum;
  };
  if (active.has(energy)) parts.set(energy, [onesLike(energy, emit, facts)]);
  for (const node of nodes.reverse()) {
    const adjoints = node.output.map((name) => (active.has(name) ? adjoint(name) : null));
    if (adjoints.every((name) => name === null)) continue;
    const wanted = node.input.map((name) => active.has(name));
    const rule = ruleFor(node);
    checkInputs(node, rule);
    const masked = !node.output.some((name) => bare.has(name));
    const found = rule.pullBack(
      {
        node,
        inputs: node.input,
        outputs: node.output,
        adjoints,
        wanted,
        facts,
        constant: (name) => constants.get(name) ?? null,
        integers: (name) => integersOf(node, constants.get(name)),
      },
      masked ? guarded(emit, node.output[0]!) : emit,
    );
    node.input.forEach((name, k) => {
      const part = found[k];
      if (!wanted[k] || !part) return;
      parts.set(name, [...(parts.get(name) ?? []), part]);
      if (!masked && !rule.masks) bare.add(name);
    });
  }
  return { gradients: withRespectTo.map(adjoint), emit };
}

/** Every tensor that varies smoothly with one of `sources`. */
function dependents(
  nodes: readonly NodeProto[],
  sources: readonly string[],
  smooth: (tensor: string) => boolean,
): ReadonlySet<string> {
  const found = new Set(sources);
  for (const node of nodes) {
    if (stopsDerivatives(node) || ![...readsOf(node)].some((name) => found.has(name))) continue;
    for (const name of node.output) if (name !== '' && smooth(name)) found.add(name);
  }
  return found;
}

function ruleFor(node: NodeProto): Rule {
  const rule = standardDomain(node.domain) ? ruleOf(node.opType) : undefined;
  if (!rule) throw noRule(node);
  return rule;
}

function checkInputs(node: NodeProto, { required = 1 }: Rule): void {
  const missing = Array.from({ length: required }, (_, k) => k).find((k) => !node.input[k]);
  if (missing !== undefined) throw refusal(node, `lacks input ${missing + 1} of ${required}`);
}

function integersOf(node: NodeProto, value: TensorValue | undefined): number[] | null {
  if (!value) return null;
  if (!isIntegerType(value.type)) throw refusal(node, `takes ${value.type} where whole numbers are expected`);
  return Array.from<number | bigint, number>(value.data, Number);
}

function onesLike(tensor: string, emit: Emitter, facts: (tensor: string) => TensorFacts): string {
  const scalar = facts(tensor).probes.every((dims) => dims.length === 0);
  const one = emit.scalar(1, tensor);
  return scalar ? one : emit.op('Expand', [one, emit.shapeOf(tensor)]);
}
