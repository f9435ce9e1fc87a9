// Operators that ONNX Runtime's CPU provider (1.30) has no kernel for in double, in terms of those that it has. What has
// no such form runs in float32 between two casts.

import { floatAttribute, intAttribute, stringAttribute } from '../attributes.js';
import { standardDomain } from '../graph.js';
import type { FreshName } from '../graph-names.js';
import type { NodeProto } from '../proto/onnx_pb.js';
import { elementTypeNumber } from '../tensor-type.js';
import { tensorOf } from '../tensor-values.js';
import { gaussLegendre } from './gauss-legendre.js';
import { createNodeList, type NodeList } from './node-list.js';

export interface DoubleForm {
  readonly nodes: readonly NodeProto[];
  /** To the last digits of a double; otherwise the operator's own result is of single precision. */
  readonly exact: boolean;
}

type Form = (node: NodeProto, on: Writing) => void;

interface Writing extends NodeList {
  readonly x: string;
  readonly y: string;
  scalar(value: number): string;
  unary(type: string, a: string): string;
  binary(type: string, a: string, b: string): string;
  /** The last node: its output is the operator's. */
  end(type: string, inputs: readonly string[]): void;
}

const forms: Readonly<Record<string, Form>> = {
  Celu: celu,
  Mean: mean,
  Softplus: softplus,
  NonZero: (_, on) => on.end('NonZero', [on.add('Cast', [on.x], { to: elementTypeNumber('bool') })]),
  Tan: (_, on) => on.end('Div', [on.unary('Sin', on.x), on.unary('Cos', on.x)]),
  Sinh: (_, on) => hyperbolic('Sub', on),
  Cosh: (_, on) => hyperbolic('Add', on),
  Asinh: asinh,
  Acosh: acosh,
  Atanh: atanh,
  Atan: (node, on) => inverse(node, on, on.x, on.scalar(1)),
  Asin: (node, on) => inverse(node, on, on.x, otherLeg(on)),
  Acos: (node, on) => inverse(node, on, otherLeg(on), on.x),
  Erf: (_, on) => erf(on.x, on, on.y),
  Gelu: gelu,
  OneHot: oneHot,
};

/** Inputs that are floats, of the operators that are run in float32. */
const singleInputs: Readonly<Record<string, readonly number[]>> = {
  AveragePool: [0],
  Conv: [0, 1, 2],
  ConvTranspose: [0, 1, 2],
  Det: [0],
  GRU: [0, 1, 2, 3, 5],
  GlobalAveragePool: [0],
  GlobalMaxPool: [0],
  Hardmax: [0],
  InstanceNormalization: [0, 1, 2],
  LRN: [0],
  LSTM: [0, 1, 2, 3, 5, 6, 7],
  LpPool: [0],
  RNN: [0, 1, 2, 3, 5],
  Resize: [0, 1, 2],
};

/** What to write instead of `node`, whose floats are all double; undefined where it runs as it is. */
export function doubleForm(node: NodeProto, fresh: FreshName): DoubleForm | undefined {
  const name = node.domain === 'com.microsoft' && node.opType === 'Gelu' ? 'Gelu' : node.opType;
  if (!standardDomain(node.domain) && name !== 'Gelu') return undefined;
  if (!node.input[0] || !node.output[0] || (name === 'OneHot' && node.input.length < 3)) return undefined;
  const form = node.output.length === 1 ? forms[name] : undefined;
  const list = createNodeList(fresh, node.output[0] ?? node.opType);
  if (form) {
    form(node, writing(node, list));
    return { nodes: list.nodes, exact: true };
  }
  const inputs = singleInputs[name];
  return inputs && { nodes: inSinglePrecision(node, inputs, list, fresh), exact: false };
}

function writing(node: NodeProto, list: NodeList): Writing {
  const [x, y] = [node.input[0] ?? '', node.output[0] ?? ''];
  return {
    ...list,
    x,
    y,
    scalar: (value) => list.constant(tensorOf('float64', [value], [])),
    unary: (type, a) => list.add(type, [a]),
    binary: (type, a, b) => list.add(type, [a, b]),
    end: (type, inputs) => void list.add(type, inputs, {}, y),
  };
}

/** Every output is cast back to double; those of these operators are all floats. */
function inSinglePrecision(
  node: NodeProto,
  inputs: readonly number[],
  list: NodeList,
  fresh: FreshName,
): NodeProto[] {
  const [single, double] = [elementTypeNumber('float32'), elementTypeNumber('float64')];
  node.input = node.input.map((name, k) =>
    name !== '' && inputs.includes(k) ? list.add('Cast', [name], { to: single }) : name,
  );
  const back = createNodeList(fresh, '');
  node.output = node.output.map((name) => {
    if (name === '') return name;
    const inner = fresh(`${name}_float32`);
    back.add('Cast', [inner], { to: double }, name);
    return inner;
  });
  return [...list.nodes, node, ...back.nodes];
}

/** x where it is positive, else α(exp(x/α) − 1). */
function celu(node: NodeProto, on: Writing): void {
  const alpha = on.scalar(floatAttribute(node, 'alpha', 1));
  const negative = on.binary('Min', on.x, on.scalar(0));
  const less = on.binary('Sub', on.unary('Exp', on.binary('Div', negative, alpha)), on.scalar(1));
  on.end('Add', [on.binary('Max', on.x, on.scalar(0)), on.binary('Mul', alpha, less)]);
}

/** max(x, 0) + log(1 + exp(−|x|)), which never overflows. */
function softplus(_: NodeProto, on: Writing): void {
  const decay = on.unary('Exp', on.unary('Neg', on.unary('Abs', on.x)));
  const rest = on.unary('Log', on.binary('Add', decay, on.scalar(1)));
  on.end('Add', [on.binary('Max', on.x, on.scalar(0)), rest]);
}

function mean(node: NodeProto, on: Writing): void {
  on.end('Div', [on.add('Sum', node.input), on.scalar(node.input.length)]);
}

function hyperbolic(type: 'Add' | 'Sub', on: Writing): void {
  const [up, down] = [on.unary('Exp', on.x), on.unary('Exp', on.unary('Neg', on.x))];
  on.end('Mul', [on.binary(type, up, down), on.scalar(0.5)]);
}

function asinh(_: NodeProto, on: Writing): void {
  const size = on.unary('Abs', on.x);
  const root = on.unary('Sqrt', on.binary('Add', on.binary('Mul', on.x, on.x), on.scalar(1)));
  on.end('Mul', [on.unary('Sign', on.x), on.unary('Log', on.binary('Add', size, root))]);
}

function acosh(_: NodeProto, on: Writing): void {
  const root = on.unary('Sqrt', on.binary('Sub', on.binary('Mul', on.x, on.x), on.scalar(1)));
  on.end('Log', [on.binary('Add', on.x, root)]);
}

function atanh(_: NodeProto, on: Writing): void {
  const [more, less] = [on.binary('Add', on.scalar(1), on.x), on.binary('Sub', on.scalar(1), on.x)];
  on.end('Mul', [on.unary('Log', on.binary('Div', more, less)), on.scalar(0.5)]);
}

/** √(1 − x²) */
function otherLeg(on: Writing): string {
  const [more, less] = [on.binary('Add', on.scalar(1), on.x), on.binary('Sub', on.scalar(1), on.x)];
  return on.unary('Sqrt', on.binary('Mul', more, less));
}

/**
 * The angle whose sine and cosine are in the ratio p : q. The operator itself gives it to single precision, a; what is
 * missing has the tangent (p cos a − q sin a)/(q cos a + p sin a), which is small enough for three terms of a series.
 */
function inverse(node: NodeProto, on: Writing, p: string, q: string): void {
  const single = on.add('Cast', [on.x], { to: elementTypeNumber('float32') });
  const a = on.add('Cast', [on.unary(node.opType, single)], { to: elementTypeNumber('float64') });
  const [cos, sin] = [on.unary('Cos', a), on.unary('Sin', a)];
  const above = on.binary('Sub', on.binary('Mul', p, cos), on.binary('Mul', q, sin));
  const below = on.binary('Add', on.binary('Mul', q, cos), on.binary('Mul', p, sin));
  const tangent = on.binary('Div', above, below);
  const square = on.binary('Mul', tangent, tangent);
  const cubic = on.binary('Mul', on.binary('Mul', tangent, square), on.scalar(-1 / 3));
  const fifth = on.binary('Mul', on.binary('Mul', square, square), on.binary('Mul', tangent, on.scalar(0.2)));
  on.end('Add', [a, on.binary('Add', tangent, on.binary('Add', cubic, fifth))]);
}

/** 2x/√π ∫₀¹ exp(−x²t²) dt by Gauss's rule of 40 points, exact to rounding up to |x| = 6, where erf is 1. */
function erf(x: string, on: Writing, output?: string): string {
  const { points, weights } = gaussLegendre(40);
  const bounded = on.binary('Min', on.binary('Max', x, on.scalar(-6)), on.scalar(6));
  const last = on.constant(tensorOf('int64', [-1]));
  const squares = on.add('Unsqueeze', [on.binary('Mul', bounded, bounded), last]);
  const exponents = on.binary(
    'Mul',
    squares,
    on.constant(
      tensorOf(
        'float64',
        points.map((t) => -t * t),
      ),
    ),
  );
  const rule = on.constant(
    tensorOf(
      'float64',
      weights.map((weight) => (2 * weight) / Math.sqrt(Math.PI)),
    ),
  );
  const integral = on.binary('MatMul', on.unary('Exp', exponents), rule);
  return on.add('Mul', [bounded, integral], {}, output);
}

function gelu(node: NodeProto, on: Writing): void {
  if (stringAttribute(node, 'approximate', 'none') === 'tanh') {
    tanhGelu(on);
    return;
  }
  const tail = erf(on.binary('Mul', on.x, on.scalar(Math.SQRT1_2)), on);
  on.end('Mul', [on.binary('Mul', on.x, on.scalar(0.5)), on.binary('Add', tail, on.scalar(1))]);
}

/** Of whole zeros and ones, then scaled to the two values, of whatever type they are. */
function oneHot(node: NodeProto, on: Writing): void {
  const [indices, depth, values] = node.input as [string, string, string];
  const bits = on.constant(tensorOf('int64', [0, 1]));
  const hot = on.add('OneHot', [indices, depth, bits], { axis: intAttribute(node, 'axis', -1) });
  const place = (k: number) => on.add('Gather', [values, on.constant(tensorOf('int64', [k], []))]);
  const [low, high] = [place(0), place(1)];
  const scaled = on.binary('Mul', on.binary('CastLike', hot, values), on.binary('Sub', high, low));
  on.end('Add', [scaled, low]);
}

function tanhGelu(on: Writing): void {
  const cube = on.binary('Mul', on.x, on.binary('Mul', on.x, on.x));
  const inner = on.binary('Add', on.x, on.binary('Mul', cube, on.scalar(0.044715)));
  const tanh = on.unary('Tanh', on.binary('Mul', inner, on.scalar(Math.sqrt(2 / Math.PI))));
  on.end('Mul', [on.binary('Mul', on.x, on.scalar(0.5)), on.binary('Add', tanh, on.scalar(1))]);
}
