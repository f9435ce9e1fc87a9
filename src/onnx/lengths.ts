// What becomes of vectors and distances in a node of a graph.

import { stringAttribute } from './attributes.js';
import type { NodeProto } from './proto/onnx_pb.js';

/** Vectors times `scale`; their elements squared; or offset + scale·r^power of their lengths r. */
export type Length =
  | { readonly kind: 'vectors'; readonly scale: number }
  | { readonly kind: 'squares'; readonly scale: number }
  | { readonly kind: 'radial'; readonly scale: number; readonly power: number; readonly offset: number };
type Scalars = readonly (number | undefined)[];

/** Operators that move elements about. */
const moving = new Set(
  'Cast Clip Compress Concat Expand Flatten Gather GatherElements GatherND Identity Max Min Pad Relu Reshape Slice Split Squeeze Tile Transpose Unsqueeze Where'.split(
    ' ',
  ),
);

/**
 * The length that a node returns, if it is one.
 * @param given of each input, undefined for what is none
 * @param scalars of each input that is a constant of one element
 */
export function lengthAfter(
  node: NodeProto,
  given: readonly (Length | undefined)[],
  scalars: Scalars,
  isConstant: (tensor: string) => boolean,
): Length | undefined {
  const side = given.findIndex(Boolean);
  const one = given[side]!;
  if (moving.has(node.opType)) return one;
  switch (node.opType) {
    case 'Neg':
      return scaled(one, -1);
    case 'Abs':
      return one.kind === 'radial' && (one.offset !== 0 || one.scale < 0) ? undefined : one;
    case 'Add':
    case 'Sub':
      return sum(one, given[1 - side], scalars[1 - side], node, side, isConstant);
    case 'Mul':
      return product(one, given[1 - side], scalars[1 - side]);
    case 'Div': {
      const by = scalars[1];
      return side === 0 && by ? scaled(one, 1 / by) : undefined;
    }
    case 'Pow':
      return side === 0 ? power(one, scalars[1]) : undefined;
    case 'Sqrt':
      return power(one, 0.5);
    case 'ReduceL2':
      return one.kind === 'vectors' ? { ...one, kind: 'radial', power: 1, offset: 0 } : undefined;
    case 'ReduceSum':
      return one.kind === 'squares' ? { ...one, kind: 'radial', power: 2, offset: 0 } : undefined;
    case 'ReduceSumSquare':
      return one.kind === 'vectors' ? squareOf(one.scale) : undefined;
    case 'Einsum':
      return innerProduct(node) && one.kind === 'vectors' ? squareOf(one.scale) : undefined;
    default:
      return undefined;
  }
}

/** What is added and no constant is taken for a mask or a shift; a row of constants makes features of a distance. */
function sum(
  one: Length,
  other: Length | undefined,
  scalar: number | undefined,
  node: NodeProto,
  side: number,
  isConstant: (tensor: string) => boolean,
): Length | undefined {
  const minus = node.opType === 'Sub' && side === 1;
  const own = minus ? scaled(one, -1) : one;
  if (one.kind !== 'radial') return one;
  if (other || own.kind !== 'radial') return undefined;
  if (scalar === undefined) return isConstant(node.input[1 - side]!) ? undefined : own;
  const added = node.opType === 'Sub' && side === 0 ? -scalar : scalar;
  return { ...own, offset: own.offset + added };
}

function product(one: Length, other: Length | undefined, scalar: number | undefined): Length | undefined {
  if (scalar !== undefined) return scaled(one, scalar);
  if (one.kind === 'vectors' && other?.kind === 'vectors')
    return { kind: 'squares', scale: one.scale * other.scale };
  if (one.kind !== 'radial' || other?.kind !== 'radial' || one.offset !== 0 || other.offset !== 0)
    return undefined;
  return { ...one, scale: one.scale * other.scale, power: one.power + other.power };
}

function power(one: Length, exponent: number | undefined): Length | undefined {
  if (exponent === undefined) return undefined;
  if (one.kind === 'vectors') return exponent === 2 ? { kind: 'squares', scale: one.scale ** 2 } : undefined;
  const nearlyZero = one.kind === 'radial' && Math.abs(one.offset) < 1e-5;
  if (one.kind !== 'radial' || !nearlyZero || one.scale <= 0) return undefined;
  return { kind: 'radial', scale: one.scale ** exponent, power: one.power * exponent, offset: 0 };
}

function scaled(one: Length, by: number): Length {
  return one.kind === 'radial'
    ? { ...one, scale: one.scale * by, offset: one.offset * by }
    : { ...one, scale: one.scale * by };
}

function squareOf(scale: number): Length {
  return { kind: 'radial', scale: scale ** 2, power: 2, offset: 0 };
}

/** `ij,ij->i` */
function innerProduct(node: NodeProto): boolean {
  const [left = '', right = ''] = stringAttribute(node, 'equation', '').replaceAll(' ', '').split('->');
  const [a, b] = left.split(',');
  return a !== undefined && a === b && node.input[0] === node.input[1] && a.startsWith(right);
}
