// Probe runs: element type and dimensions of every tensor of a graph, and the values of those that no input reaches.

import { create, toBinary } from '@bufbuild/protobuf';
import { type Attributes, writeAttribute } from '../attributes.js';
import { readsOf } from '../graph-names.js';
import type { Feeds, GraphRunner } from '../graph-runner.js';
import {
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from '../proto/onnx_pb.js';
import { readTensor, type TensorValue, tensorOf } from '../tensor-values.js';
import type { TensorFacts } from './tensor-facts.js';

export interface GraphFacts {
  /** Of every tensor of the main graph; sequences, maps and optional values are left out. */
  readonly facts: ReadonlyMap<string, TensorFacts>;
  /** Initializers, and what is computed from nothing else. */
  readonly constants: ReadonlyMap<string, TensorValue>;
}

const own = { dims: 'mdbench_dims', flat: 'mdbench_flat', type: 'mdbench_type', none: 'mdbench_none' };
const withoutTensor = /^(Sequence(?!At|Length)|SplitToSequence|Optional(?!HasElement)|StringSplit|ZipMap)/;
const random = /^(Random|Bernoulli|Multinomial)/;
/** Outputs asked for at once: a session's making grows with the square of their number. */
const chunk = 400;

/**
 * Runs `model` once for each of `probes`, and a few times more for the types. What is read of a tensor is its shape and
 * an empty piece of it, so that the memory needed is that of the model alone.
 * @throws what the runtime says of a graph that it cannot run
 */
export function probeGraph(model: ModelProto, run: GraphRunner, probes: readonly Feeds[]): GraphFacts {
  const graph = model.graph!;
  const initializers = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const fed = graph.input.filter(({ name }) => !initializers.has(name)).map(({ name }) => name);
  const computed = graph.node.filter(({ opType }) => !withoutTensor.test(opType)).flatMap(outputsOf);
  const names = [...fed, ...initializers.keys(), ...computed];
  const types = typesOf(model, names, run, probes[0]!);
  const dims = probes.map((feeds) => dimsOf(model, names, run, feeds));
  const facts = new Map(
    names.map((name, k) => [name, { type: types[k]!, probes: dims.map((found) => found[k]!) }]),
  );
  const folded = untouched(graph, fed).filter((name) => facts.has(name));
  const values = folded.length > 0 ? run.run(constantModel(model, folded), {}) : {};
  const constants = new Map(Object.entries(values));
  for (const [name, tensor] of initializers) constants.set(name, readTensor(tensor));
  return { facts, constants };
}

function dimsOf(model: ModelProto, names: readonly string[], run: GraphRunner, feeds: Feeds): number[][] {
  return inChunks(names, (part) => {
    const shapes = part.map((name, k) => node('Shape', [name], `${own.dims}${k}`));
    const outputs = shapes.map((entry) => entry.output[0]!);
    const found = run.run(extended(model, shapes, outputs), feeds);
    return outputs.map((name) => Array.from<number | bigint, number>(found[name]!.data, Number));
  });
}

function typesOf(model: ModelProto, names: readonly string[], run: GraphRunner, feeds: Feeds): string[] {
  return inChunks(names, (part) => {
    const none = node('Constant', [], own.none, { value: tensorOf('bool', [], [0]) });
    const flat = part.map((name, k) => node('Flatten', [name], `${own.flat}${k}`, { axis: 0 }));
    const outputs = part.map((_, k) => `${own.type}${k}`);
    const empty = outputs.map((name, k) => node('Compress', [`${own.flat}${k}`, own.none], name));
    const found = run.run(extended(model, [none, ...flat, ...empty], outputs), feeds);
    return outputs.map((name) => found[name]!.type);
  });
}

function inChunks<T>(names: readonly string[], ask: (part: readonly string[]) => T[]): T[] {
  const chunks = Math.ceil(names.length / chunk);
  return Array.from({ length: chunks }, (_, k) => ask(names.slice(k * chunk, (k + 1) * chunk))).flat();
}

/** The model with more nodes and other outputs. */
function extended(model: ModelProto, nodes: readonly NodeProto[], outputs: readonly string[]): Uint8Array {
  const graph = model.graph!;
  return toBinary(ModelProtoSchema, {
    ...model,
    graph: { ...graph, node: [...graph.node, ...nodes], output: outputs.map(named) },
  });
}

/** Outputs of the nodes that neither an input nor chance reaches. */
function untouched(graph: GraphProto, inputs: readonly string[]): string[] {
  const touched = new Set(inputs);
  const free: string[] = [];
  for (const entry of graph.node) {
    const reached = random.test(entry.opType) || [...readsOf(entry)].some((name) => touched.has(name));
    for (const name of outputsOf(entry)) reached ? touched.add(name) : free.push(name);
  }
  return free;
}

/** A model of what leads to `outputs` alone, none of which needs an input. */
function constantModel(model: ModelProto, outputs: readonly string[]): Uint8Array {
  const graph = model.graph!;
  const wanted = new Set(outputs);
  const nodes = graph.node.filter((entry) => outputsOf(entry).some((name) => wanted.has(name)));
  const read = new Set(nodes.flatMap((entry) => [...readsOf(entry)]));
  const part = create(GraphProtoSchema, {
    name: 'constants',
    node: nodes,
    initializer: graph.initializer.filter(({ name }) => read.has(name)),
    output: outputs.map(named),
  });
  return toBinary(ModelProtoSchema, { ...model, graph: part });
}

function outputsOf(entry: NodeProto): string[] {
  return entry.output.filter((name) => name !== '');
}

function named(name: string): ValueInfoProto {
  return create(ValueInfoProtoSchema, { name });
}

function node(opType: string, input: string[], output: string, attributes: Attributes = {}): NodeProto {
  const attribute = Object.entries(attributes).map(([name, value]) => writeAttribute(name, value));
  return create(NodeProtoSchema, { opType, name: output, input, output: [output], attribute });
}
