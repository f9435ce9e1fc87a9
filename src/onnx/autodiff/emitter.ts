// Appends nodes to a graph: what rules write derivatives with. Opset 18 and above; names never clash with the graph's.

import { create } from '@bufbuild/protobuf';
import { type Attributes, writeAttribute } from '../attributes.js';
import { namesOf } from '../graph-names.js';
import { type GraphProto, NodeProtoSchema } from '../proto/onnx_pb.js';
import { elementTypeNumber } from '../tensor-type.js';
import { type TensorValue, tensorOf, writeTensor } from '../tensor-values.js';
import type { TensorFacts } from './tensor-facts.js';

/**
 * How rows that were gathered are added up again: by ScatterElements, serial and right with any number of threads; by
 * ScatterND, fastest, which in ONNX Runtime loses updates to one row above one thread; or sorted, right and shared by
 * threads, for rows that are taken about equally often.
 */
export type Accumulation = 'elements' | 'nd' | 'sorted';

export interface Emitter {
  readonly accumulation: Accumulation;
  /** Adds a node of one output and returns the output's name. */
  op(type: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds a node of several outputs. */
  ops(type: string, inputs: readonly string[], outputs: number, attributes?: Attributes): string[];
  /** An initializer; equal ones are written once. */
  constant(value: TensorValue): string;
  /** A scalar of the type of `like`, a tensor of the original graph. */
  scalar(value: number, like: string): string;
  /** An int64 vector. */
  ints(values: readonly number[]): string;
  /** The run-time shape of a tensor, asked for once. */
  shapeOf(tensor: string): string;
  /** `gradient`, which has the shape of `from`, summed over what broadcasting `to` to `from` repeated. */
  sumTo(gradient: string, from: string, to: string): string;
  /** Zeros of the shape and type of `like`. */
  zerosLike(like: string): string;
  add(a: string, b: string): string;
  sub(a: string, b: string): string;
  mul(a: string, b: string): string;
  div(a: string, b: string): string;
  neg(a: string): string;
}

/** @param prefix of every new name */
export function createEmitter(
  graph: GraphProto,
  facts: (tensor: string) => TensorFacts,
  accumulation: Accumulation = 'elements',
  prefix = 'mdbench_',
): Emitter {
  const taken = new Set(namesOf(graph));
  const constants = new Map<string, string>();
  const shapes = new Map<string, string>();
  let count = 0;

  function fresh(): string {
    let name: string;
    do name = `${prefix}${count++}`;
    while (taken.has(name));
    return name;
  }
  function ops(type: string, inputs: readonly string[], outputs: number, attributes: Attributes = {}) {
    const names = Array.from({ length: outputs }, fresh);
    graph.node.push(
      create(NodeProtoSchema, {
        opType: type,
        name: names[0],
        input: [...inputs],
        output: names,
        attribute: Object.entries(attributes).map(([name, value]) => writeAttribute(name, value)),
      }),
    );
    return names;
  }
  const op: Emitter['op'] = (type, inputs, attributes) => ops(type, inputs, 1, attributes)[0]!;
  function constant(value: TensorValue): string {
    const { data } = value;
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
    const key = `${value.type} ${value.dims} ${bytes}`;
    const known = constants.get(key);
    if (known) return known;
    const name = fresh();
    graph.initializer.push(writeTensor(name, value));
    constants.set(key, name);
    return name;
  }
  function scalar(value: number, like: string): string {
    const { type } = facts(like);
    if (!type.endsWith('float16')) return constant(tensorOf(type, [value], []));
    const key = `${type} ${value}`;
    const known = constants.get(key);
    const cast =
      known ?? op('Cast', [constant(tensorOf('float32', [value], []))], { to: elementTypeNumber(type) });
    constants.set(key, cast);
    return cast;
  }
  const ints = (values: readonly number[]) => constant(tensorOf('int64', values));
  function shapeOf(tensor: string): string {
    const shape = shapes.get(tensor) ?? op('Shape', [tensor]);
    shapes.set(tensor, shape);
    return shape;
  }
  function sumTo(gradient: string, from: string, to: string): string {
    const { axes, surplus } = repeatedAxes(facts(from).probes, facts(to).probes);
    if (axes === null) return sumAtRunTime(gradient, from, to);
    if (axes.length === 0 && surplus === 0) return gradient;
    const summed = op('ReduceSum', [gradient, ints(axes)], { keepdims: 1 });
    return surplus === 0 ? summed : op('Squeeze', [summed, ints(range(surplus))]);
  }
  /** Where one probe repeats an axis and the other does not: which axes are 1 is found when the graph runs. */
  function sumAtRunTime(gradient: string, from: string, to: string): string {
    const surplus = facts(from).probes[0]!.length - facts(to).probes[0]!.length;
    const target = shapeOf(to);
    const padded =
      surplus === 0 ? target : op('Concat', [ints(new Array(surplus).fill(1)), target], { axis: 0 });
    const repeated = op('Not', [op('Equal', [padded, shapeOf(from)])]);
    const axes = op('Compress', [ints(range(facts(from).probes[0]!.length)), repeated], { axis: 0 });
    const summed = op('ReduceSum', [gradient, axes], { keepdims: 1, noop_with_empty_axes: 1 });
    return surplus === 0 ? summed : op('Reshape', [summed, target]);
  }
  const binary = (type: string) => (a: string, b: string) => op(type, [a, b]);
  return {
    accumulation,
    op,
    ops,
    constant,
    scalar,
    ints,
    shapeOf,
    sumTo,
    zerosLike: (like) =>
      op('ConstantOfShape', [shapeOf(like)], { value: tensorOf(facts(like).type, [0], [1]) }),
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('Div'),
    neg: (a) => op('Neg', [a]),
  };
}

/** The emitter for where adjoints of 0 meet factors that need not be finite: there the product of the two is 0. */
export function guarded(emit: Emitter, like: string): Emitter {
  const zeroForNaN = (value: string) =>
    emit.op('Where', [emit.op('IsNaN', [value]), emit.scalar(0, like), value]);
  const { mul, div } = emit;
  return { ...emit, mul: (a, b) => zeroForNaN(mul(a, b)), div: (a, b) => zeroForNaN(div(a, b)) };
}

/** Axes of the longer shape along which the shorter one was repeated; null where the probes do not agree. */
function repeatedAxes(from: TensorFacts['probes'], to: TensorFacts['probes']) {
  const surplus = from[0]!.length - to[0]!.length;
  const found = from.map((dims, probe) =>
    dims.flatMap((dim, axis) => {
      const own = axis < surplus ? 1 : to[probe]![axis - surplus]!;
      return axis < surplus || (own === 1 && dim !== 1) ? [axis] : [];
    }),
  );
  const agree = found.every((axes) => axes.join() === found[0]!.join());
  return { axes: agree ? found[0]! : null, surplus };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, k) => k);
}
