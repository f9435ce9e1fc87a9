// Which dimension of an input counts atoms or edges, by its role.

import type { Binding, InputBinding } from './binding.js';

type Dimension = number | string | undefined;

/** Of a model that takes a list of edges; undefined: it has none. */
export function edgeDimension({ role, shape }: Pick<InputBinding, 'role' | 'shape'>): Dimension {
  if (role === 'edges') return edgesInRows(shape) ? shape.at(-2) : shape.at(-1);
  if (role.startsWith('edge-')) return shape.at(-1);
  if (role === 'distances') return distancesInColumn(shape) ? shape.at(-2) : shape.at(-1);
  return role === 'vectors' || (role.endsWith('shifts') && shape.length < 4) ? shape.at(-2) : undefined;
}

/** Whether edges are [e,2] and not [2,e], alone or as the one graph of a batch. */
export function edgesInRows(shape: InputBinding['shape']): boolean {
  return shape.at(-2) !== 2 && shape.at(-1) === 2;
}

/** Whether distances are [e,1] or [1,e,1] and not [e] or [1,e]. */
export function distancesInColumn(shape: InputBinding['shape']): boolean {
  const [rows, columns] = shape;
  return shape.length === 3 || columns === 1 || (columns === '?' && rows !== 1);
}

/** [1,…] where the file has that rank. */
export function batched({ shape }: Pick<InputBinding, 'shape'>, dims: readonly number[]): readonly number[] {
  return shape.length > dims.length ? [1, ...dims] : dims;
}

/** Undefined: it has none. */
export function atomDimension({ role, shape }: Pick<InputBinding, 'role' | 'shape'>): Dimension {
  switch (role) {
    case 'positions':
      return positionsDimension(shape);
    case 'species':
      if (shape.length === 2 && shape[0] === 1 && shape[1] !== 1) return shape[1];
      return shape[shape.length === 3 ? 1 : 0];
    case 'batch':
      return shape.at(-1);
    case 'neighbor-matrix':
    case 'long-neighbor-matrix':
    case 'neighbor-mask':
    case 'padding-mask':
      return shape.at(-2);
    default:
      return role.endsWith('shifts') && shape.length > 3 ? shape.at(-3) : undefined;
  }
}

/** Whether vectors stand one after another, [3n] or [1,3n], instead of in rows of three. */
export function isFlat(shape: InputBinding['shape']): boolean {
  if (shape.length !== 2) return shape.length === 1;
  return typeof shape[1] === 'number' ? shape[1] !== 3 : shape[0] === 1;
}

/** The shape in which a cell is fed to an input of `shape`. */
export function cellDims(shape: InputBinding['shape']): number[] {
  if (shape.length === 0) return [3, 3];
  return shape.map((dim, k) => (typeof dim === 'number' ? dim : k < shape.length - 2 ? 1 : 3));
}

function positionsDimension(shape: InputBinding['shape']): Dimension {
  const last = shape.at(-1);
  if (!isFlat(shape)) return shape.at(-2);
  return typeof last === 'number' ? last / 3 : undefined;
}

/** The number of atoms that the file asks for, or undefined where it takes any. */
export function fixedAtoms({ inputs, tail }: Pick<Binding, 'inputs' | 'tail'>): number | undefined {
  if (tail) return undefined;
  const dims = inputs.map(atomDimension);
  return dims.find((dim) => typeof dim === 'number');
}
