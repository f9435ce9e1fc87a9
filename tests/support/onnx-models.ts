// Small ONNX force fields of one pair potential, in the input signatures of known exporters. eV, Å.

import { createGraph, type GraphBuilder, type ModelParts } from './onnx-graph.js';
import {
  axes,
  byNumber,
  cast,
  densePotential,
  determinant,
  edgePotential,
  row,
  squeeze,
} from './onnx-potential.js';
import { strengths } from './pair-potential.js';

type FloatType = 'float32' | 'float64';

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

interface NequipNames {
  readonly shifts: string;
  readonly cell: string;
  readonly types: string;
  readonly energy: string;
}

const nequipNames: NequipNames = {
  shifts: 'edge_cell_shift',
  cell: 'cell',
  types: 'atom_types',
  energy: 'total_energy',
};
const sevennetNames: NequipNames = {
  shifts: 'pbc_shift',
  cell: 'cell_lattice_vectors',
  types: 'x',
  energy: 'inferred_total_energy',
};

/** The same as for NequIP, by SevenNet's names. */
export function sevennetModel(options: PairModelOptions = {}): Uint8Array {
  return nequipModel(options, sevennetNames);
}

/** NequIP's names: species as positions in H, C, O, integer cell shifts, stress +dE/dε/V. */
export function nequipModel(options: PairModelOptions = {}, names = nequipNames): Uint8Array {
  const { g, type, integers } = start(options);
  const x = g.input('pos', type, ['n', 3]);
  const edges = g.input('edge_index', integers, [2, 'e']);
  const cellShifts = g.input(names.shifts, type, ['e', 3]);
  const cell = g.input(names.cell, type, [3, 3]);
  const types = g.input(names.types, integers, ['n']);
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
  g.output(names.energy, g.op('Reshape', [energy, g.constant('int64', [1, 1], [2])]), type, [1, 1]);
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
