// The pair potential of the test models over every form in which a model takes its neighbors. float64 unless told; eV, Å.

import { createGraph, type ElementType, type ModelParts } from './onnx-graph.js';
import { axes, byNumber, cast, pairTerms, radialTerms, row, squeeze } from './onnx-potential.js';
import { cutoff } from './pair-potential.js';

export interface FormOptions extends ModelParts {
  readonly type?: 'float32' | 'float64';
}

/** Vectors [e,3] or distances ([e] or [e,1]), edges [2,e] or two ends, and atomic numbers. */
export function givenEdgesModel(
  what: 'vectors' | 'distances' | 'distances in a column',
  options: FormOptions & { readonly ends?: boolean } = {},
): Uint8Array {
  const { type = 'float64' } = options;
  const g = createGraph();
  const column = what === 'distances' ? ['e'] : ['e', what === 'vectors' ? 3 : 1];
  const given = g.input(what === 'vectors' ? 'edge_vectors' : 'edge_weight', type, column);
  const strength = byNumber(g, type, g.input('z', 'int64', ['n']));
  const ends = options.ends
    ? [g.input('idx_i', 'int64', ['e']), g.input('idx_j', 'int64', ['e'])]
    : bothEnds(g.input('edge_index', 'int64', [2, 'e']));
  const both = g.op('Mul', [g.op('Gather', [strength, ends[0]!]), g.op('Gather', [strength, ends[1]!])]);
  const weight = g.op('Unsqueeze', [both, axes(g, 1)]);
  const terms = what === 'vectors' ? pairTerms(g, type, given, weight, 1).terms : ofDistances(weight);
  g.output('energy', g.op('ReduceSum', [terms], { keepdims: 0 }), type, []);
  return g.model(options);

  function bothEnds(edges: string): string[] {
    return [row(g, edges, 0), row(g, edges, 1)];
  }
  function ofDistances(weights: string): string {
    const distances = what === 'distances' ? g.op('Unsqueeze', [given, axes(g, 1)]) : given;
    return radialTerms(g, type, g.op('Mul', [distances, distances]), weights).terms;
  }
}

export interface MatrixOptions extends FormOptions {
  /** Names of positions, species and matrix; default AIMNet2's. */
  readonly names?: readonly [string, string, string];
  /** How empty slots are told: by their distance to a row that holds no atom, below zero, or by an input. */
  readonly empty?: 'far' | 'negative' | 'mask' | 'padding';
  readonly shifts?: 'none' | 'float' | 'integer' | 'cartesian';
  readonly width?: number;
  readonly batch?: boolean;
  readonly integers?: 'int32' | 'int64';
}

/** Positions [r,3], atomic numbers [r], neighbors [r,m], shifts [r,m,3]. */
export function matrixModel(options: MatrixOptions = {}): Uint8Array {
  const { type = 'float64', empty = 'far', shifts = 'none', width = 'm', integers = 'int64' } = options;
  const [coord, numbers, nbmat] = options.names ?? ['coord', 'numbers', 'nbmat'];
  const g = createGraph();
  const dims = (...own: (number | string)[]) => (options.batch ? [1, ...own] : own);
  const plain = (values: string) => (options.batch ? g.op('Squeeze', [values, axes(g, 0)]) : values);
  const x = plain(g.input(coord, type, dims('r', 3)));
  const strength = byNumber(g, type, plain(g.input(numbers, integers, dims('r'))));
  const matrix = plain(g.input(nbmat, integers, dims('r', width)));
  const others = g.op('Gather', [x, matrix], { axis: 0 });
  const bare = g.op('Sub', [others, g.op('Unsqueeze', [x, axes(g, 1)])]);
  const vectors = shifts === 'none' ? bare : g.op('Add', [bare, shiftVectors()]);
  const both = g.op('Mul', [g.op('Gather', [strength, matrix]), g.op('Unsqueeze', [strength, axes(g, 1)])]);
  const weight = masked(g.op('Unsqueeze', [both, axes(g, 2)]));
  const { terms } = pairTerms(g, type, vectors, weight, 2);
  g.output('energy', g.op('ReduceSum', [terms], { keepdims: 0 }), type, []);
  return g.model(options);

  function shiftVectors(): string {
    if (shifts === 'cartesian') return plain(g.input('shifts', type, dims('r', width, 3)));
    const whole = plain(g.input('shifts', shifts === 'integer' ? 'int64' : type, dims('r', width, 3)));
    return g.op('MatMul', [
      shifts === 'integer' ? cast(g, whole, type) : whole,
      g.input('cell', type, [3, 3]),
    ]);
  }
  function masked(weights: string): string {
    if (empty === 'far') return weights;
    const real =
      empty === 'negative'
        ? g.op('GreaterOrEqual', [matrix, g.constant(integers, [0])])
        : plain(g.input(empty === 'mask' ? 'mask' : 'is_padding', 'bool', dims('r', width)));
    const kept = empty === 'padding' ? g.op('Not', [real]) : real;
    return g.op('Mul', [weights, g.op('Unsqueeze', [cast(g, kept, type), axes(g, 2)])]);
  }
}

/**
 * AIMNet2's names with a second matrix of neighbors, within `long` Å: the potential of the first one, and the same with
 * this length in place of its cutoff.
 */
export function longMatrixModel(
  long: number,
  options: FormOptions & { readonly periodic?: boolean; readonly width?: number } = {},
): Uint8Array {
  const { type = 'float64', width = 'l' } = options;
  const g = createGraph();
  const x = g.input('coord', type, ['r', 3]);
  const strength = byNumber(g, type, g.input('numbers', 'int64', ['r']));
  const cell = options.periodic ? g.input('cell', type, [3, 3]) : '';
  const near = terms('nbmat', 'shifts', 'm', 1);
  const far = terms('nbmat_lr', 'shifts_lr', width, cutoff / long);
  g.output('energy', g.op('Add', [near, far]), type, []);
  return g.model(options);

  function terms(name: string, shiftName: string, slots: string | number, scale: number): string {
    const matrix = g.input(name, 'int32', ['r', slots]);
    const bare = g.op('Sub', [g.op('Gather', [x, matrix], { axis: 0 }), g.op('Unsqueeze', [x, axes(g, 1)])]);
    const vectors = cell
      ? g.op('Add', [bare, g.op('MatMul', [g.input(shiftName, type, ['r', slots, 3]), cell])])
      : bare;
    const both = g.op('Mul', [g.op('Gather', [strength, matrix]), g.op('Unsqueeze', [strength, axes(g, 1)])]);
    const scaled = g.op('Mul', [vectors, g.constant(type, [scale])]);
    const found = pairTerms(g, type, scaled, g.op('Unsqueeze', [both, axes(g, 2)]), 2);
    return g.op('ReduceSum', [found.terms], { keepdims: 0 });
  }
}

/** KLIFF's inputs; all atoms of strength 1. Forces of all atoms, ghosts among them, where asked for. */
export function kimModel(options: FormOptions & { readonly forces?: boolean } = {}): Uint8Array {
  const { type = 'float64' } = options;
  const g = createGraph();
  const contributing = cast(g, g.input('particle_contributing', 'int32', ['a']), type);
  const flat = g.input('coords', type, [1, 'a3']);
  const counts = cast(g, g.input('num_neighbors', 'int32', ['a']), 'int64');
  const neighbors = g.op('Squeeze', [g.input('neighbor_list', 'int32', [1, 's']), axes(g, 0)]);
  const x = g.op('Reshape', [flat, g.constant('int64', [-1, 3], [2])]);
  const ends = g.op('CumSum', [counts, g.constant('int64', [0])]);
  const size = g.op('Gather', [g.op('Shape', [neighbors]), g.constant('int64', [0])]);
  const slots = g.op('Range', [g.constant('int64', [0]), size, g.constant('int64', [1])]);
  const passed = g.op('GreaterOrEqual', [
    g.op('Unsqueeze', [slots, axes(g, 1)]),
    g.op('Unsqueeze', [ends, axes(g, 0)]),
  ]);
  const centers = g.op('ReduceSum', [cast(g, passed, 'int64'), axes(g, 1)], { keepdims: 0 });
  const gather = (values: string, index: string) => g.op('Gather', [values, index], { axis: 0 });
  const vectors = g.op('Sub', [gather(x, neighbors), gather(x, centers)]);
  const weight = g.op('Unsqueeze', [gather(contributing, centers), axes(g, 1)]);
  const { terms, slopes } = pairTerms(g, type, vectors, weight, 1);
  g.output('energy', g.op('ReduceSum', [terms], { keepdims: 0 }), type, []);
  if (options.forces) {
    const zeros = g.op('Mul', [x, g.constant(type, [0])]);
    const add = (to: string, index: string, values: string) =>
      g.op('ScatterND', [to, g.op('Unsqueeze', [cast(g, index, 'int64'), axes(g, 1)]), values], {
        reduction: 'add',
      });
    const halves = add(add(zeros, centers, slopes), neighbors, g.op('Neg', [slopes]));
    g.output('forces', halves, type, ['a', 3]);
  }
  return g.model(options);
}

/** DeePMD-kit's inputs with ghosts: coordinates [1,a,3], types [1,a] over H, C, O, neighbors [1,n,m] filled with −1. */
export function deepmdGhostModel(
  strengths: readonly number[],
  options: FormOptions & { readonly width?: number } = {},
): Uint8Array {
  const { type = 'float64', width = 'm' } = options;
  const g = createGraph();
  const drop = (values: string) => g.op('Squeeze', [values, axes(g, 0)]);
  const x = drop(g.input('extended_coord', type, [1, 'a', 3]));
  const types = drop(g.input('extended_atype', 'int32', [1, 'a']));
  const matrix = drop(g.input('nlist', 'int64', [1, 'n', width]));
  const mapping = drop(g.input('mapping', 'int64', [1, 'a']));
  const table = g.constant(type, strengths, [strengths.length]);
  const strength = g.op('Gather', [g.op('Gather', [table, types]), mapping]);
  const n = g.op('Gather', [g.op('Shape', [matrix]), axes(g, 0)]);
  const local = (values: string) => g.op('Slice', [values, axes(g, 0), n, axes(g, 0)]);
  const others = g.op('Gather', [x, matrix], { axis: 0 });
  const vectors = g.op('Sub', [others, g.op('Unsqueeze', [local(x), axes(g, 1)])]);
  const real = cast(g, g.op('GreaterOrEqual', [matrix, g.constant('int64', [0])]), type);
  const both = g.op('Mul', [
    g.op('Gather', [strength, matrix]),
    g.op('Unsqueeze', [local(strength), axes(g, 1)]),
  ]);
  const weight = g.op('Unsqueeze', [g.op('Mul', [both, real]), axes(g, 2)]);
  const { terms } = pairTerms(g, type, vectors, weight, 2);
  g.output('energy', g.op('ReduceSum', [squeezeSlots(terms), axes(g, 1)], { keepdims: 0 }), type, ['n']);
  return g.model(options);

  function squeezeSlots(values: string): string {
    return g.op('Squeeze', [values, axes(g, 2)]);
  }
}

/** SchNetPack's names with sizes that the file fixes; with an energy for each atom of a kind, as real models have. */
export function fixedSizesModel(
  sizes: { readonly atoms?: number; readonly edges?: number },
  isolated = 0,
  options: FormOptions = {},
): Uint8Array {
  const type: ElementType = options.type ?? 'float64';
  const { atoms = 'n', edges = 'e' } = sizes;
  const g = createGraph();
  const strength = byNumber(g, type, g.input('_atomic_numbers', 'int64', [atoms]));
  const x = g.input('_positions', type, [atoms, 3]);
  const [i, j] = [g.input('_idx_i', 'int64', [edges]), g.input('_idx_j', 'int64', [edges])];
  const shifts = g.input('_offsets', type, [edges, 3]);
  const gather = (values: string, index: string) => g.op('Gather', [values, index], { axis: 0 });
  const vectors = g.op('Add', [g.op('Sub', [gather(x, j), gather(x, i)]), shifts]);
  const weight = g.op('Unsqueeze', [g.op('Mul', [gather(strength, i), gather(strength, j)]), axes(g, 1)]);
  const { terms, slopes } = pairTerms(g, type, vectors, weight, 1);
  const own = g.op('ReduceSum', [g.op('Mul', [strength, g.constant(type, [isolated])])], { keepdims: 0 });
  g.output('energy', g.op('Add', [g.op('ReduceSum', [squeeze(g, terms)], { keepdims: 0 }), own]), type, []);
  const zeros = g.op('Mul', [x, g.constant(type, [0])]);
  const add = (to: string, index: string, values: string) =>
    g.op('ScatterND', [to, g.op('Unsqueeze', [index, axes(g, 1)]), values], { reduction: 'add' });
  g.output('forces', add(add(zeros, i, slopes), j, g.op('Neg', [slopes])), type, [atoms, 3]);
  return g.model(options);
}
