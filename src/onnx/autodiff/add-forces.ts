// Forces, virial and stress as outputs of a model that has an energy: by reverse-mode differentiation of its graph.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { MdbenchError } from '../../errors.js';
import { copyMessage } from '../copy.js';
import { namesOf } from '../graph-names.js';
import type { Feeds, GraphRunner } from '../graph-runner.js';
import type { ModelChange } from '../model-change.js';
import {
  type ModelProto,
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  type TypeProto,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from '../proto/onnx_pb.js';
import { elementTypeNumber, isFloatType } from '../tensor-type.js';
import { tensorOf } from '../tensor-values.js';
import type { Accumulation, Emitter } from './emitter.js';
import { probeGraph } from './probe.js';
import { pullBack } from './pull-back.js';
import { scatterRows } from './row-scatters.js';
import { strainDerivative, volume } from './strain.js';
import { tidy } from './tidy.js';

export interface ForcesRequest {
  readonly run: GraphRunner;
  /** Inputs of two systems or more that differ in every count, none of which is 0 or 1. */
  readonly probes: readonly Feeds[];
  /** Output whose sum is the energy. */
  readonly energy: string;
  /** Input of three coordinates an atom: [n, 3], [1, n, 3], [1, 3n], … */
  readonly positions: string;
  /** Input of cartesian shifts, [e, 3] or [n, m, 3]. */
  readonly shifts?: string;
  /** Inputs of whole-numbered shifts and of the cell that the graph multiplies them with. */
  readonly cellShifts?: { readonly shifts: string; readonly cell: string };
  /** Input of the cell, rows are vectors, where the graph itself depends on it. */
  readonly cell?: string;
  readonly outputs: {
    /** -∂E/∂positions, of the shape of the positions. */
    readonly forces: string;
    /** -∂E/∂ε, [3, 3], symmetric. */
    readonly virial?: string;
    /** +∂E/∂ε / V, [3, 3], symmetric; 0 where V is 0. V is of the input `cell`, which is added, [3, 3], if it is not there. */
    readonly stress?: { readonly name: string; readonly cell: string };
  };
  /** How rows are added up: `elements` (the default), `nd` for sessions of one thread, `sorted` for several. */
  readonly accumulation?: Accumulation;
}

/**
 * A new model with the outputs asked for, beside its own; `given` is not changed. It is simplified first (constants
 * folded), and holds no node twice.
 * @throws MdbenchError `not-differentiable` naming the operator, or the output whose name is taken
 */
export function addForces(
  given: ModelProto,
  request: ForcesRequest,
): { model: ModelProto; change: ModelChange } {
  const { run, energy, positions, outputs, accumulation = 'elements' } = request;
  const model = simplified(given, run);
  const graph = model.graph!;
  const names = [outputs.forces, outputs.virial, outputs.stress?.name].filter((name) => name !== undefined);
  refuseNames(model, request, names);
  const known = probeGraph(model, run, request.probes);
  const rows = accumulation === 'nd' ? scatterRows(graph, known) : 0;
  const own = new Set(graph.node);
  const strained = names.length > 1;
  const lengths = lengthsOf(request);
  for (const name of lengths) {
    const { type } = known.facts.get(name)!;
    if (!isFloatType(type)) throw refused(`its input "${name}" is ${type}`);
  }
  const withRespectTo = strained ? lengths : [positions];
  const { gradients, emit } = pullBack({ graph, energy, withRespectTo, accumulation, ...known });
  const writer = { model, emit, type: known.facts.get(positions)!.type };
  const forces = gradients[0] ? emit.neg(gradients[0]) : emit.zerosLike(positions);
  const { type } = graph.input.find(({ name }) => name === positions)!;
  addOutput(
    writer,
    outputs.forces,
    forces,
    create(ValueInfoProtoSchema, type ? { type: copyMessage(type) } : {}),
  );
  if (strained) {
    const terms = lengths.map((tensor, k) => ({ tensor, gradient: gradients[k] ?? null }));
    addStrained(
      writer,
      outputs,
      strainDerivative(terms, (tensor) => known.facts.get(tensor)!, emit),
    );
  }
  tidy(graph);
  const entry = { key: 'mdbench.differentiated', value: names.join(',') };
  model.metadataProps.push(create(StringStringEntryProtoSchema, entry));
  const dependent = gradients[0] !== null;
  const count = graph.node.filter((node) => !own.has(node)).length;
  const values = { energy, positions, outputs: names, operators: own.size, accumulation, rows, dependent };
  return { model, change: { pass: 'differentiate', count, values } };
}

/** With constants folded, unless that brought in operators that are not of the standard. */
function simplified(given: ModelProto, run: GraphRunner): ModelProto {
  const model = copyMessage(given);
  const graph = model.graph!;
  const { graph: simple } = fromBinary(ModelProtoSchema, run.simplify(toBinary(ModelProtoSchema, given)));
  const known = new Set(['', 'ai.onnx', ...graph.node.map(({ domain }) => domain)]);
  if (!simple!.node.every(({ domain }) => known.has(domain))) return model;
  graph.node = simple!.node;
  graph.initializer = simple!.initializer;
  graph.sparseInitializer = simple!.sparseInitializer;
  return model;
}

function refuseNames({ graph }: ModelProto, request: ForcesRequest, names: readonly string[]): void {
  const { energy, outputs, cellShifts } = request;
  const inputs = new Set(graph!.input.map(({ name }) => name));
  const taken = new Set(namesOf(graph!));
  const added = outputs.stress && !inputs.has(outputs.stress.cell) ? [...names, outputs.stress.cell] : names;
  const clash = added.find((name, k) => taken.has(name) || added.indexOf(name) !== k);
  const read = [...lengthsOf(request), ...(cellShifts ? [cellShifts.shifts] : [])];
  const unknown = read.find((name) => !inputs.has(name));
  if (!graph!.output.some(({ name }) => name === energy)) throw refused(`it has no output "${energy}"`);
  if (unknown !== undefined) throw refused(`it has no input "${unknown}"`);
  if (clash !== undefined) throw refused(`it has a tensor "${clash}" already`);
}

function refused(reason: string): MdbenchError {
  return new MdbenchError(
    'not-differentiable',
    `Forces cannot be added to the graph: ${reason}.`,
    'Name its inputs and outputs in a manifest.',
  );
}

/** Inputs that a strain of the system stretches, the positions first. */
function lengthsOf({ positions, shifts, cellShifts, cell }: ForcesRequest): string[] {
  const found = [positions, shifts, cellShifts?.cell, cell].filter((name) => name !== undefined);
  return [...new Set(found)];
}

interface Writer {
  readonly model: ModelProto;
  readonly emit: Emitter;
  /** Element type of the positions. */
  readonly type: string;
}

function addStrained(writer: Writer, outputs: ForcesRequest['outputs'], strain: string): void {
  const { model, emit, type } = writer;
  const graph = model.graph!;
  const square = () => create(ValueInfoProtoSchema, { type: tensorType(type, [3, 3]) });
  if (outputs.virial) addOutput(writer, outputs.virial, emit.neg(strain), square());
  if (!outputs.stress) return;
  const { name, cell } = outputs.stress;
  if (!graph.input.some((input) => input.name === cell)) graph.input.push({ ...square(), name: cell });
  const size = volume(emit.op('CastLike', [cell, strain]), emit);
  const zero = emit.constant(tensorOf(type, [0], []));
  const open = emit.op('Equal', [size, zero]);
  addOutput(writer, name, emit.op('Where', [open, zero, emit.div(strain, size)]), square());
}

function addOutput({ model, emit }: Writer, name: string, tensor: string, info: ValueInfoProto): void {
  const graph = model.graph!;
  emit.op('Identity', [tensor]);
  graph.node.at(-1)!.output = [name];
  graph.output.push({ ...info, name });
}

function tensorType(type: string, dims: readonly number[]): TypeProto {
  const dim = dims.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } }));
  return create(TypeProtoSchema, {
    value: { case: 'tensorType', value: { elemType: elementTypeNumber(type), shape: { dim } } },
  });
}
