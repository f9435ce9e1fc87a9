// Gradients of small graphs against differences: sum(outputs · random weights) differentiated by the engine in double.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect } from 'vitest';
import { graphRunner } from '../../src/forcefield/onnx/graph-runner.js';
import { probeGraph } from '../../src/onnx/autodiff/probe.js';
import { pullBack } from '../../src/onnx/autodiff/pull-back.js';
import type { Accumulation, Feeds } from '../../src/onnx/index.js';
import { type ModelProto, ModelProtoSchema, ValueInfoProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { elementCount, type TensorValue, tensorOf } from '../../src/onnx/tensor-values.js';
import { createRandom, type Random } from '../../src/random.js';
import { createGraph, type ElementType, type GraphBuilder } from './onnx-graph.js';

export type Sizes = Readonly<Record<string, number>>;

export interface MicroInput {
  /** float64 (the default) inputs are differentiated; int64, int32 and bool ones are fed. */
  readonly type?: ElementType;
  /** Numbers are fixed, letters are sizes (n, m, e, k of `defaultSizes` or the case's own). */
  readonly dims: readonly (number | string)[];
  /** Interval of the random numbers, [-2, 2) by default; whole numbers below the second for int types. */
  readonly range?: readonly [number | string, number | string];
  /** The numbers themselves instead of random ones. */
  readonly values?: (sizes: Sizes, random: Random) => readonly number[];
  /** Fed but not differentiated, though it is a float. */
  readonly held?: boolean;
}

export interface MicroGraph {
  readonly inputs: Readonly<Record<string, MicroInput>>;
  /** Builds the graph on inputs of the same names as in `inputs`; returns the float64 outputs. */
  readonly build: (
    graph: GraphBuilder,
    names: Readonly<Record<string, string>>,
  ) => string | readonly string[];
  /** Three systems: two that the engine probes and a third that it does not see. */
  readonly sizes?: readonly [Sizes, Sizes, Sizes];
  readonly opset?: number;
  readonly seed?: number;
  /** For operators that the runtime has in single precision only: looser, and `float64` above means this. */
  readonly precision?: 'float32' | 'float64';
  readonly accumulation?: Accumulation;
}

const defaultSizes: readonly [Sizes, Sizes, Sizes] = [
  { n: 4, e: 7, m: 5, k: 2 },
  { n: 5, e: 6, m: 3, k: 4 },
  { n: 3, e: 8, m: 6, k: 3 },
];

/**
 * Asserts that the engine's gradient is that of central differences (Richardson extrapolated, 1e-7 relative to
 * max(1, |g|), 3e-4 in single precision) at both probed systems and at one that was not probed.
 */
export async function expectGradients(micro: MicroGraph): Promise<void> {
  const { tolerance, step } = micro.precision === 'float32' ? single : double;
  const { model, differentiated, feeds } = differentiate(micro);
  const forward = await InferenceSession.create(model, { graphOptimizationLevel: 'disabled' });
  for (const [system, fed] of feeds.entries()) {
    for (const level of ['disabled', 'basic'] as const) {
      const found = graphRunner.run(differentiated, fed, { level });
      for (const name of floatInputs(micro)) {
        const numeric = await differences(forward, fed, name, step);
        const gradient = found[`d_${name}`]!;
        const where = `d/d${name}, system ${system}, ${level}`;
        expect(gradient.dims, where).toEqual(fed[name]!.dims);
        numeric.forEach((expected, k) => {
          const error = Math.abs(Number(gradient.data[k]) - expected) / Math.max(1, Math.abs(expected));
          expect(error, `${where} [${k}]: ${gradient.data[k]} for ${expected}`).toBeLessThan(tolerance);
        });
      }
    }
  }
  await forward.release();
}

/** The gradients of the plain sum of the outputs at the first system: for points where differences have no answer. */
export function gradientsOf(micro: MicroGraph): Record<string, number[]> {
  const { differentiated, feeds } = differentiate(micro);
  const fed = Object.fromEntries(
    Object.entries(feeds[0]!).map(([name, value]) => [name, isWeight(name) ? ones(value) : value]),
  );
  const found = graphRunner.run(differentiated, fed);
  return Object.fromEntries(
    floatInputs(micro).map((name) => [name, Array.from(found[`d_${name}`]!.data, Number)]),
  );
}

interface Differentiated {
  /** One output `energy`: the weighted sum. */
  readonly model: Uint8Array;
  /** With outputs `d_x` for each float input x. */
  readonly differentiated: Uint8Array;
  readonly feeds: readonly Feeds[];
}

function differentiate(micro: MicroGraph): Differentiated {
  const random = createRandom(micro.seed ?? 1);
  const systems = micro.sizes ?? defaultSizes;
  const bare = built(micro);
  const own = systems.map((sizes) => feedsOf(micro, sizes, random));
  const outputs = own.map((feeds) => graphRunner.run(bare, feeds));
  const ranks = Object.values(outputs[0]!).map(({ dims }) => dims.length);
  const feeds = own.map((fed, k) => ({ ...fed, ...weights(Object.values(outputs[k]!), random) }));
  const model = built(micro, ranks);
  const proto = fromBinary(ModelProtoSchema, model);
  addGradients(proto, micro, feeds.slice(0, 2));
  return { model, differentiated: toBinary(ModelProtoSchema, proto), feeds };
}

function addGradients(proto: ModelProto, micro: MicroGraph, probes: readonly Feeds[]): void {
  const graph = proto.graph!;
  const withRespectTo = floatInputs(micro);
  const { accumulation = 'elements' } = micro;
  const known = probeGraph(proto, graphRunner, probes);
  const { gradients, emit } = pullBack({ graph, energy: 'energy', withRespectTo, accumulation, ...known });
  graph.output = withRespectTo.map((name, k) => {
    emit.op('Identity', [gradients[k] ?? emit.zerosLike(name)]);
    graph.node.at(-1)!.output[0] = `d_${name}`;
    return create(ValueInfoProtoSchema, { name: `d_${name}` });
  });
}

/** The graph with its own outputs, or with the one output `energy` where the ranks of those are known. */
function built(
  { inputs, build, opset = 18, precision = 'float64' }: MicroGraph,
  ranks?: readonly number[],
): Uint8Array {
  const graph = createGraph();
  const names = Object.fromEntries(
    Object.entries(inputs).map(([name, { type, dims }]) => [
      name,
      graph.input(name, ownType(type, precision), dims),
    ]),
  );
  const outputs = [build(graph, names)].flat();
  if (!ranks) {
    for (const [k, name] of outputs.entries()) graph.output(`y${k}`, name, precision, null);
    return graph.model({ opset, irVersion: 9 });
  }
  const terms = outputs.map((name, k) => {
    const weight = graph.input(`weight${k}`, precision, ranksDims(k, ranks[k]!));
    return graph.op('Mul', [name, weight]);
  });
  const energy =
    terms.length === 1
      ? terms[0]!
      : terms
          .map((term) => graph.op('ReduceSum', [term], { keepdims: 0 }))
          .reduce((a, b) => graph.op('Add', [a, b]));
  graph.output('energy', energy, precision, null);
  return graph.model({ opset, irVersion: 9 });
}

function ownType(type: ElementType | undefined, precision: 'float32' | 'float64'): ElementType {
  return type === undefined || type === 'float64' ? precision : type;
}

function ranksDims(output: number, rank: number): string[] {
  return Array.from({ length: rank }, (_, axis) => `w${output}_${axis}`);
}

function floatInputs({ inputs }: MicroGraph): string[] {
  return Object.entries(inputs).flatMap(([name, { type, held }]) =>
    (type ?? 'float64') === 'float64' && !held ? [name] : [],
  );
}

function feedsOf({ inputs, precision = 'float64' }: MicroGraph, sizes: Sizes, random: Random): Feeds {
  const size = (dim: number | string) => (typeof dim === 'number' ? dim : sizes[dim]!);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { type = 'float64', dims, range, values }]) => {
      const shape = dims.map(size);
      const low = size(range?.[0] ?? (type === 'float64' ? -2 : 0));
      const high = size(range?.[1] ?? 2);
      const draw = () =>
        type === 'float64' ? low + (high - low) * random.uniform() : low + random.integer(high - low);
      const numbers = values?.(sizes, random) ?? Array.from({ length: elementCount(shape) }, draw);
      return [name, tensorOf(ownType(type, precision), numbers, shape)];
    }),
  );
}

function weights(outputs: readonly TensorValue[], random: Random): Feeds {
  return Object.fromEntries(
    outputs.map(({ type, dims }, k) => [
      `weight${k}`,
      tensorOf(type, Array.from({ length: elementCount(dims) }, random.normal), dims),
    ]),
  );
}

function isWeight(name: string): boolean {
  return name.startsWith('weight');
}

function ones({ type, dims }: TensorValue): TensorValue {
  return tensorOf(type, new Array(elementCount(dims)).fill(1), dims);
}

const double = { tolerance: 1e-7, step: 2e-3 };
const single = { tolerance: 3e-4, step: 0.06 };

async function differences(
  session: InferenceSession,
  feeds: Feeds,
  name: string,
  step: number,
): Promise<number[]> {
  const moved = (feeds[name]!.data as Float64Array).slice();
  const fed = Object.fromEntries(
    session.inputNames.map((input) => {
      const { type, data, dims } = feeds[input]!;
      return [input, new Tensor(type as 'float64', (input === name ? moved : data) as Float64Array, dims)];
    }),
  );
  const sumAt = async (k: number, value: number) => {
    const kept = moved[k]!;
    moved[k] = value;
    const { energy } = await session.run(fed);
    moved[k] = kept;
    return Array.from(energy!.data as Float64Array).reduce((sum, term) => sum + term, 0);
  };
  const slope = async (k: number, h: number) => {
    const [above, below] = [moved[k]! + h, moved[k]! - h].map((x) =>
      moved.BYTES_PER_ELEMENT === 4 ? Math.fround(x) : x,
    );
    return ((await sumAt(k, above!)) - (await sumAt(k, below!))) / (above! - below!);
  };
  const found: number[] = [];
  for (let k = 0; k < moved.length; k++) {
    found.push((4 * (await slope(k, step / 2)) - (await slope(k, step))) / 3);
  }
  return found;
}
