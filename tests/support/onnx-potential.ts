// The pair potential of the test models as ONNX operators, over given edges or over all pairs.

import type { ElementType, GraphBuilder } from './onnx-graph.js';
import { amplitude, cutoff, strengths } from './pair-potential.js';

export function byNumber(g: GraphBuilder, type: ElementType, species: string): string {
  const table = Array.from({ length: 19 }, (_, number) => strengths[number] ?? 0);
  return g.op('Gather', [g.constant(type, table, [19]), species]);
}

/** Edges [e]; vectors x[neighbor] − x[center] + shift. Energies [1] and [n], forces (n,3), virial (3,3). */
export function edgePotential(
  g: GraphBuilder,
  type: ElementType,
  x: string,
  centers: string,
  neighbors: string,
  shifts: string,
  strength: string,
) {
  const gather = (values: string, index: string) => g.op('Gather', [values, index], { axis: 0 });
  const vectors = g.op('Add', [g.op('Sub', [gather(x, neighbors), gather(x, centers)]), shifts]);
  const both = g.op('Mul', [gather(strength, centers), gather(strength, neighbors)]);
  const { terms, slopes } = pairTerms(g, type, vectors, g.op('Unsqueeze', [both, axes(g, 1)]), 1);
  const zeros = g.op('Mul', [x, g.constant(type, [0])]);
  const scatter = (to: string, index: string, values: string) =>
    g.op('ScatterND', [to, g.op('Unsqueeze', [index, axes(g, 1)]), values], { reduction: 'add' });
  const forces = scatter(
    scatter(zeros, asInt64(g, centers), slopes),
    asInt64(g, neighbors),
    g.op('Neg', [slopes]),
  );
  const perAtom = squeeze(g, g.op('ReduceSum', [zeros, axes(g, 1)], { keepdims: 1 }));
  const atomEnergies = scatter(perAtom, asInt64(g, centers), squeeze(g, terms));
  const energy = g.op('ReduceSum', [atomEnergies, axes(g, 0)], { keepdims: 1 });
  const virial = g.op('Neg', [g.op('MatMul', [g.op('Transpose', [slopes], { perm: [1, 0] }), vectors])]);
  return { energy, atomEnergies, forces, virial };
}

/** All pairs of different atoms; `image` maps vectors (n,n,3) to those of the nearest images. */
export function densePotential(
  g: GraphBuilder,
  type: ElementType,
  x: string,
  strength: string,
  image: (vectors: string) => string,
) {
  const vectors = image(
    g.op('Sub', [g.op('Unsqueeze', [x, axes(g, 0)]), g.op('Unsqueeze', [x, axes(g, 1)])]),
  );
  const both = g.op('Mul', [
    g.op('Unsqueeze', [strength, axes(g, 0)]),
    g.op('Unsqueeze', [strength, axes(g, 1)]),
  ]);
  const squares = g.op('ReduceSum', [g.op('Mul', [vectors, vectors]), axes(g, 2)], { keepdims: 1 });
  const apart = cast(g, g.op('Greater', [squares, g.constant(type, [1e-9])]), type);
  const weight = g.op('Mul', [g.op('Unsqueeze', [both, axes(g, 2)]), apart]);
  const { terms, slopes } = pairTerms(g, type, vectors, weight, 2);
  const energy = g.op('ReduceSum', [terms], { keepdims: 0 });
  const twice = g.op('Mul', [slopes, g.constant(type, [2])]);
  return { energy, forces: g.op('ReduceSum', [twice, axes(g, 1)], { keepdims: 0 }) };
}

/** Of vectors (…,3) and strengths (…,1): energies ½ s A w³ (…,1) and dE/d(vector) = −3 s A w² v / c² (…,3), w = max(0, 1 − r²/c²). */
export function pairTerms(g: GraphBuilder, type: ElementType, vectors: string, weight: string, axis: number) {
  const squares = g.op('ReduceSum', [g.op('Mul', [vectors, vectors]), axes(g, axis)], { keepdims: 1 });
  const { terms, factor } = radialTerms(g, type, squares, weight);
  return { terms, slopes: g.op('Mul', [factor, vectors]) };
}

/** Of squares of distances and strengths of the same shape: energies, and dE/d(vector) over the vector. */
export function radialTerms(g: GraphBuilder, type: ElementType, squares: string, weight: string) {
  const constant = (value: number) => g.constant(type, [value]);
  const w = g.op('Relu', [g.op('Sub', [constant(1), g.op('Mul', [squares, constant(1 / cutoff ** 2)])])]);
  const w2 = g.op('Mul', [w, w]);
  const terms = g.op('Mul', [g.op('Mul', [g.op('Mul', [w2, w]), constant(amplitude / 2)]), weight]);
  const factor = g.op('Mul', [g.op('Mul', [w2, constant((-3 * amplitude) / cutoff ** 2)]), weight]);
  return { terms, factor };
}

/** a · (b × c) of the rows of (3,3); the operator Det has no kernel in double. */
export function determinant(g: GraphBuilder, cell: string): string {
  const [a, b, c] = [0, 1, 2].map((index) => row(g, cell, index)) as [string, string, string];
  const turned = (values: string, by: number) =>
    g.op('Gather', [values, g.constant('int64', [by, (by + 1) % 3, (by + 2) % 3], [3])]);
  const plus = g.op('Mul', [turned(b, 1), turned(c, 2)]);
  const minus = g.op('Mul', [turned(b, 2), turned(c, 1)]);
  return g.op('ReduceSum', [g.op('Mul', [a, g.op('Sub', [plus, minus])])], { keepdims: 0 });
}

export function row(g: GraphBuilder, edges: string, index: number): string {
  return g.op('Gather', [edges, g.constant('int64', [index])], { axis: 0 });
}

export function axes(g: GraphBuilder, axis: number): string {
  return g.constant('int64', [axis], [1]);
}

export function squeeze(g: GraphBuilder, values: string): string {
  return g.op('Squeeze', [values, axes(g, 1)]);
}

export function cast(g: GraphBuilder, values: string, type: ElementType): string {
  return g.op('Cast', [values], { to: type === 'float32' ? 1 : type === 'float64' ? 11 : 7 });
}

function asInt64(g: GraphBuilder, values: string): string {
  return cast(g, values, 'int64');
}
