// Finds the cutoff of a graph: where it compares distances with a constant. Distances are followed from positions or
// edge vectors through the norm; each is offset + scale·r^power, so that a threshold is solved for r.

import { type Constants, constantsOf } from './constants.js';
import { type Length, lengthAfter } from './lengths.js';
import type { FunctionProto, ModelProto, NodeProto } from './proto/onnx_pb.js';

export interface CutoffSearch {
  /** In the model's unit of length; null where nothing is found or candidates disagree. */
  readonly value: number | null;
  /** Whether the graph compares with it, rather than only scaling by it. */
  readonly sure: boolean;
  /** All that were found, of the best kind of evidence, ascending. */
  readonly candidates: readonly number[];
}

/** Names of inputs: positions and vectors (…,3), distances. */
export interface LengthInputs {
  readonly positions: readonly string[];
  readonly vectors: readonly string[];
  readonly distances: readonly string[];
}

interface Evidence {
  readonly compared: number[];
  readonly cosines: number[];
  readonly scaled: number[];
}

/** Subgraphs are not looked into; bodies of functions are. */
export function findCutoff(model: ModelProto, inputs: LengthInputs): CutoffSearch {
  const { graph } = model;
  if (!graph) return { value: null, sure: false, candidates: [] };
  const evidence: Evidence = { compared: [], cosines: [], scaled: [] };
  const lengths = new Map<string, Length>();
  for (const name of [...inputs.positions, ...inputs.vectors])
    lengths.set(name, { kind: 'vectors', scale: 1 });
  for (const name of inputs.distances) lengths.set(name, { kind: 'radial', scale: 1, power: 1, offset: 0 });
  const functions = new Map(model.functions.map((one) => [`${one.domain}:${one.name}`, one]));
  follow(graph.node, { lengths, constants: constantsOf(graph), functions, evidence, depth: 0 });
  const best = [evidence.compared, evidence.cosines, evidence.scaled].find((found) => found.length > 0) ?? [];
  const candidates = distinct(best);
  const [value = null] = candidates.length === 1 ? candidates : [];
  return { value, sure: value !== null && best === evidence.compared, candidates };
}

interface Scope {
  readonly lengths: Map<string, Length>;
  readonly constants: Constants;
  readonly functions: ReadonlyMap<string, FunctionProto>;
  readonly evidence: Evidence;
  readonly depth: number;
}

function follow(nodes: readonly NodeProto[], scope: Scope): void {
  for (const node of nodes) {
    const body = scope.functions.get(`${node.domain}:${node.opType}`);
    if (body) followCall(node, body, scope);
    else followNode(node, scope);
  }
}

function followCall(node: NodeProto, body: FunctionProto, scope: Scope): void {
  if (scope.depth > 32) return;
  const lengths = new Map<string, Length>();
  const numbers = new Map<string, readonly number[]>();
  body.input.forEach((name, k) => {
    const given = node.input[k] ?? '';
    const length = scope.lengths.get(given);
    const constant = scope.constants.numbers(given);
    if (length) lengths.set(name, length);
    if (constant) numbers.set(name, constant);
  });
  follow(body.node, {
    ...scope,
    lengths,
    constants: constantsOf({ node: body.node }, numbers),
    depth: scope.depth + 1,
  });
  body.output.forEach((name, k) => {
    const length = lengths.get(name);
    const output = node.output[k];
    if (length && output) scope.lengths.set(output, length);
  });
}

function followNode(node: NodeProto, { lengths, constants, evidence }: Scope): void {
  const given = node.input.map((name) => lengths.get(name));
  if (!given.some(Boolean)) return;
  const scalars = node.input.map((name) => {
    const numbers = constants.numbers(name);
    return numbers?.length === 1 ? numbers[0] : undefined;
  });
  collect(node, given, scalars, evidence);
  const length = lengthAfter(node, given, scalars, (name) => constants.numbers(name) !== undefined);
  if (length) for (const name of node.output) lengths.set(name, length);
}

function collect(
  node: NodeProto,
  given: readonly (Length | undefined)[],
  scalars: readonly (number | undefined)[],
  evidence: Evidence,
): void {
  const side = given.findIndex((length) => length?.kind === 'radial');
  const radial = given[side];
  if (radial?.kind !== 'radial') return;
  const other = scalars[1 - side];
  const threshold = (value: number | undefined) => keep(evidence.compared, distanceAt(value, radial));
  switch (node.opType) {
    case 'Less':
    case 'LessOrEqual':
    case 'Greater':
    case 'GreaterOrEqual':
    case 'Min':
    case 'Max':
      threshold(other);
      break;
    case 'Relu':
      threshold(0);
      break;
    case 'Clip': {
      const attributes = ['min', 'max'].map((name) => node.attribute.find((one) => one.name === name)?.f);
      const bounds = [...scalars.slice(1), ...attributes].map((value) => distanceAt(value, radial));
      keep(evidence.compared, Math.max(0, ...bounds));
      break;
    }
    case 'Cos':
      if (radial.power === 1)
        keep(evidence.cosines, distanceAt(radial.offset + Math.sign(radial.scale) * Math.PI, radial));
      break;
    // Higher powers are terms of a polynomial, and what they are multiplied by its coefficients.
    case 'Div':
    case 'Mul':
      if (
        other !== undefined &&
        other !== 0 &&
        radial.offset === 0 &&
        radial.power <= 2 &&
        !(node.opType === 'Div' && side === 1)
      ) {
        const scale = Math.abs(radial.scale * (node.opType === 'Div' ? 1 / other : other));
        keep(evidence.scaled, distanceAt(1, { ...radial, scale }));
      }
  }
}

/** The distance at which offset + scale·r^power is `value`; 0 where there is none. */
function distanceAt(
  value: number | undefined,
  { scale, power, offset }: Length & { kind: 'radial' },
): number {
  const distance = value === undefined ? 0 : ((value - offset) / scale) ** (1 / power);
  return Number.isFinite(distance) ? distance : 0;
}

/** What tells atoms from themselves (zero, or nearly) is no cutoff. */
function keep(found: number[], distance: number): void {
  if (distance > 0.2 && distance < 60) found.push(distance);
}

/** Ascending, without the rounding of single precision. */
function distinct(values: readonly number[]): number[] {
  const rounded = values.map((value) => {
    const short = Number(value.toPrecision(6));
    return Math.abs(short - value) < 1e-6 * value ? short : value;
  });
  const sorted = rounded.sort((a, b) => a - b);
  return sorted.filter((value, k) => k === 0 || value - sorted[k - 1]! > 1e-5 * value);
}
