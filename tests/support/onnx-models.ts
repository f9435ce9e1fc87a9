// Small ONNX force fields of one pair potential, in the input signatures of known exporters, and the same in closed form.
// E = Σ_pairs ½ s_i s_j A (1 − r²/c²)³ within the cutoff c, both directions counted; eV, Å.

import type { System } from '../../src/system/system.js';
import { createGraph, type ElementType, type GraphBuilder, type ModelParts } from './onnx-graph.js';

export const amplitude = 1.5;
export const cutoff = 4;
/** Strength by atomic number: hydrogen, carbon, oxygen, silicon, argon. */
export const strengths: Readonly<Record<number, number>> = { 1: 0.5, 6: 1.25, 8: -0.75, 14: 1, 18: 0.8 };

export type FloatType = 'float32' | 'float64';

export interface PairModelOptions extends ModelParts {
  readonly type?: FloatType;
  /** Type of energy and forces, where it is not that of the positions. */
  readonly energyType?: FloatType;
  readonly forcesType?: FloatType;
  readonly integers?: 'int64' | 'int32';
}

const schnetNames = ['_atomic_numbers', '_positions', '_idx_i', '_idx_j', '_offsets'];

/** SchNetPack's names, or five of your own; with `virial`. */
export function schnetModel(
  options: PairModelOptions & { readonly inputNames?: readonly string[] } = {},
): Uint8Array {
  const { g, type, integers } = start(options);
  const [numbersName, positionsName, centersName, neighborsName, shiftsName] =
    options.inputNames ?? schnetNames;
  const species = g.input(numbersName!, integers, ['n']);
  const x = g.input(positionsName!, type, ['n', 3]);
  const centers = g.input(centersName!, integers, ['e']);
  const neighbors = g.input(neighborsName!, integers, ['e']);
  const shifts = g.input(shiftsName!, type, ['e', 3]);
  const { energy, forces, virial } = edgePotential(
    g,
    type,
    x,
    centers,
    neighbors,
    shifts,
    byNumber(g, type, species),
  );
  g.output('energy', cast(g, energy, options.energyType ?? type), options.energyType ?? type, [1]);
  g.output('forces', cast(g, forces, options.forcesType ?? type), options.forcesType ?? type, ['n', 3]);
  g.output('virial', virial, type, [3, 3]);
  return g.model(options);
}

/** MACE's names: one-hot species over H, C, O, edges [2,e] from sender to receiver; energy of each graph and virials. */
export function maceModel(
  options: PairModelOptions & { readonly output?: 'forces' | 'gradient' } = {},
): Uint8Array {
  const { g, type, integers } = start(options);
  const x = g.input('positions', type, ['n', 3]);
  const attributes = g.input('node_attrs', type, ['n', 3]);
  const edges = g.input('edge_index', integers, [2, 'e']);
  const shifts = g.input('shifts', type, ['e', 3]);
  const batch = g.input('batch', integers, ['n']);
  const table = g.constant(
    type,
    [1, 6, 8].map((number) => strengths[number]!),
    [3, 1],
  );
  const strength = squeeze(g, g.op('MatMul', [attributes, table]));
  // MACE's center is the receiver; vectors go from sender to receiver.
  const { atomEnergies, forces, virial } = edgePotential(
    g,
    type,
    x,
    row(g, edges, 0),
    row(g, edges, 1),
    shifts,
    strength,
  );
  const zero = g.constant(type, [0], [1]);
  g.output(
    'energy',
    g.op('ScatterElements', [zero, batch, atomEnergies], { axis: 0, reduction: 'add' }),
    type,
    ['b'],
  );
  if (options.output === 'gradient') g.output('dE_dR', g.op('Neg', [forces]), type, ['n', 3]);
  else g.output('forces', forces, type, ['n', 3]);
  g.output('virials', virial, type, [3, 3]);
  return g.model(options);
}

/** NequIP's names: species as positions in H, C, O, integer cell shifts, stress +dE/dε/V. */
export function nequipModel(options: PairModelOptions = {}): Uint8Array {
  const { g, type, integers } = start(options);
  const x = g.input('pos', type, ['n', 3]);
  const edges = g.input('edge_index', integers, [2, 'e']);
  const cellShifts = g.input('edge_cell_shift', type, ['e', 3]);
  const cell = g.input('cell', type, [3, 3]);
  const types = g.input('atom_types', integers, ['n']);
  const table = g.constant(
    type,
    [1, 6, 8].map((number) => strengths[number]!),
    [3],
  );
  const shifts = g.op('MatMul', [cellShifts, cell]);
  const strength = g.op('Gather', [table, types]);
  const { energy, forces, virial } = edgePotential(
    g,
    type,
    x,
    row(g, edges, 0),
    row(g, edges, 1),
    shifts,
    strength,
  );
  const volume = g.op('Abs', [determinant(g, cell)]);
  g.output('total_energy', g.op('Reshape', [energy, g.constant('int64', [1, 1], [2])]), type, [1, 1]);
  g.output('forces', forces, type, ['n', 3]);
  g.output('stress', g.op('Neg', [g.op('Div', [virial, volume])]), type, [3, 3]);
  return g.model(options);
}

/** Atomic numbers and positions only; all pairs of an open system. `atoms` fixes their number. */
export function zposModel(
  options: PairModelOptions & { readonly atoms?: number; readonly forces?: boolean } = {},
): Uint8Array {
  const { g, type, integers } = start(options);
  const n = options.atoms ?? 'n';
  const species = g.input('atomic_numbers', integers, [n]);
  const x = g.input('positions', type, [n, 3]);
  const { energy, forces } = densePotential(g, type, x, byNumber(g, type, species), (vectors) => vectors);
  g.output('energy', energy, type, []);
  if (options.forces !== false) g.output('forces', forces, type, [n, 3]);
  return g.model(options);
}

/** OpenMM's names: nm and kJ/mol, all atoms of strength 1, minimum images in the diagonal of `box`. */
export function openmmModel(options: PairModelOptions = {}): Uint8Array {
  const { g, type } = start(options);
  const x = g.input('positions', type, ['n', 3]);
  const box = g.input('box', type, [3, 3]);
  const edge = g.op(
    'ReduceSum',
    [g.op('Mul', [box, g.constant(type, [1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3])]), axes(g, 0)],
    { keepdims: 0 },
  );
  const ten = g.constant(type, [10]);
  const one = g.op('Div', [
    g.op('ReduceSum', [g.op('Mul', [x, g.constant(type, [0])]), axes(g, 1)], { keepdims: 0 }),
    ten,
  ]);
  const strength = g.op('Add', [one, g.constant(type, [1])]);
  const angstrom = g.op('Mul', [x, ten]);
  const edges = g.op('Mul', [edge, ten]);
  const image = (vectors: string) =>
    g.op('Sub', [vectors, g.op('Mul', [edges, g.op('Round', [g.op('Div', [vectors, edges])])])]);
  const { energy, forces } = densePotential(g, type, angstrom, strength, image);
  const perMole = 96.48533212331002;
  g.output('energy', g.op('Mul', [energy, g.constant(type, [perMole])]), type, []);
  g.output('forces', g.op('Mul', [forces, g.constant(type, [10 * perMole])]), type, ['n', 3]);
  return g.model(options);
}

function start({ type = 'float32', integers = 'int64' }: PairModelOptions) {
  return { g: createGraph(), type, integers } as {
    g: GraphBuilder;
    type: FloatType;
    integers: 'int64' | 'int32';
  };
}

function byNumber(g: GraphBuilder, type: ElementType, species: string): string {
  const table = Array.from({ length: 19 }, (_, number) => strengths[number] ?? 0);
  return g.op('Gather', [g.constant(type, table, [19]), species]);
}

/** Edges [e]; vectors x[neighbor] − x[center] + shift. Energies [1] and [n], forces (n,3), virial (3,3). */
function edgePotential(
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
function densePotential(
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
function pairTerms(g: GraphBuilder, type: ElementType, vectors: string, weight: string, axis: number) {
  const constant = (value: number) => g.constant(type, [value]);
  const squares = g.op('ReduceSum', [g.op('Mul', [vectors, vectors]), axes(g, axis)], { keepdims: 1 });
  const w = g.op('Relu', [g.op('Sub', [constant(1), g.op('Mul', [squares, constant(1 / cutoff ** 2)])])]);
  const w2 = g.op('Mul', [w, w]);
  const terms = g.op('Mul', [g.op('Mul', [g.op('Mul', [w2, w]), constant(amplitude / 2)]), weight]);
  const factor = g.op('Mul', [g.op('Mul', [w2, constant((-3 * amplitude) / cutoff ** 2)]), weight]);
  return { terms, slopes: g.op('Mul', [factor, vectors]) };
}

/** a · (b × c) of the rows of (3,3); the operator Det has no kernel in double. */
function determinant(g: GraphBuilder, cell: string): string {
  const [a, b, c] = [0, 1, 2].map((index) => row(g, cell, index)) as [string, string, string];
  const turned = (values: string, by: number) =>
    g.op('Gather', [values, g.constant('int64', [by, (by + 1) % 3, (by + 2) % 3], [3])]);
  const plus = g.op('Mul', [turned(b, 1), turned(c, 2)]);
  const minus = g.op('Mul', [turned(b, 2), turned(c, 1)]);
  return g.op('ReduceSum', [g.op('Mul', [a, g.op('Sub', [plus, minus])])], { keepdims: 0 });
}

function row(g: GraphBuilder, edges: string, index: number): string {
  return g.op('Gather', [edges, g.constant('int64', [index])], { axis: 0 });
}

function axes(g: GraphBuilder, axis: number): string {
  return g.constant('int64', [axis], [1]);
}

function squeeze(g: GraphBuilder, values: string): string {
  return g.op('Squeeze', [values, axes(g, 1)]);
}

function cast(g: GraphBuilder, values: string, type: FloatType | ElementType): string {
  return g.op('Cast', [values], { to: type === 'float32' ? 1 : type === 'float64' ? 11 : 7 });
}

function asInt64(g: GraphBuilder, values: string): string {
  return cast(g, values, 'int64');
}

export interface Truth {
  readonly energy: number;
  readonly forces: Float64Array;
  readonly virial: Float64Array;
}

/** The potential in closed form over every pair and image within the cutoff, found by trying all nearby images. */
export function pairTruth(system: System, strength = (number: number) => strengths[number] ?? 0): Truth {
  const { positions, numbers, cell, pbc } = system;
  const forces = new Float64Array(positions.length);
  const virial = new Float64Array(9);
  let energy = 0;
  const reach = [0, 1, 2].map((d) => (pbc[d] ? [-3, -2, -1, 0, 1, 2, 3] : [0]));
  for (let i = 0; i < numbers.length; i++)
    for (let j = 0; j < numbers.length; j++)
      for (const a of reach[0]!)
        for (const b of reach[1]!)
          for (const c of reach[2]!) {
            if (i === j && a === 0 && b === 0 && c === 0) continue;
            const v = [0, 1, 2].map(
              (k) =>
                positions[3 * j + k] - positions[3 * i + k] + a * cell[k] + b * cell[3 + k] + c * cell[6 + k],
            );
            const w = Math.max(0, 1 - (v[0]! ** 2 + v[1]! ** 2 + v[2]! ** 2) / cutoff ** 2);
            const weight = amplitude * strength(numbers[i]) * strength(numbers[j]);
            energy += 0.5 * weight * w ** 3;
            for (let k = 0; k < 3; k++) {
              const slope = (-3 * weight * w ** 2 * v[k]!) / cutoff ** 2;
              forces[3 * i + k] += slope;
              forces[3 * j + k] -= slope;
              for (let l = 0; l < 3; l++) virial[3 * k + l] -= slope * v[l]!;
            }
          }
  return { energy, forces, virial };
}
