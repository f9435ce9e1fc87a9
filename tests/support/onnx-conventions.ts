// The pair potential of the test models in the less common conventions, each of them at once.

import { createGraph } from './onnx-graph.js';
import { axes, edgePotential } from './onnx-potential.js';
import { strengths } from './pair-potential.js';

export interface ConventionOptions {
  readonly metadata: Readonly<Record<string, string>>;
  /** Six numbers (xx, yy, zz, yz, xz, xy) instead of 3×3. */
  readonly voigt?: boolean;
  /** Six numbers in the order xx, yy, zz, xy, xz, yz. */
  readonly lammps?: boolean;
  /** One energy divided by the number of atoms instead of one for each. */
  readonly mean?: boolean;
  /** On an empty list of edges the graph fails, or its energy is not a number. */
  readonly needsEdges?: 'throws' | 'nan';
}

/**
 * Float64. Inputs: positions [1,n,3], species [1,n] over Si, H, C, O, edges [e,2], int64 cell offsets [e,3], cell
 * [1,3,3], natoms. Outputs: energy of each atom [n], dE/dR [1,n,3], stress −dE/dε/V.
 */
export function conventionModel(options: ConventionOptions): Uint8Array {
  const g = createGraph();
  const type = 'float64';
  const dropBatch = (values: string) => g.op('Squeeze', [values, axes(g, 0)]);
  const x = dropBatch(g.input('coordinates', type, [1, 'n', 3]));
  const types = dropBatch(g.input('atom_types', 'int64', [1, 'n']));
  const edges = g.input('pairs', 'int64', ['e', 2]);
  const offsets = g.input('cell_offsets', 'int64', ['e', 3]);
  const cell = dropBatch(g.input('cell', type, [1, 3, 3]));
  const atoms = g.op('Cast', [g.input('natoms', 'int64', [1])], { to: 11 });
  const end = (index: number) => g.op('Gather', [edges, g.constant('int64', [index])], { axis: 1 });
  const shifts = g.op('MatMul', [g.op('Cast', [offsets], { to: 11 }), cell]);
  const table = g.constant(
    type,
    [14, 1, 6, 8].map((number) => strengths[number]!),
    [4],
  );
  const strength = g.op('Gather', [table, types]);
  const { energy, atomEnergies, forces, virial } = edgePotential(
    g,
    type,
    x,
    end(0),
    end(1),
    shifts,
    strength,
  );
  const ends = g.op('Cast', [end(0)], { to: 11 });
  const needed =
    options.needsEdges === 'nan'
      ? g.op('ReduceMax', [ends], { keepdims: 0 })
      : g.op('Gather', [g.op('Reshape', [ends, g.constant('int64', [-1], [1])]), g.constant('int64', [0])]);
  const nothing = g.op('Mul', [needed, g.constant(type, [0])]);
  const kept = (values: string) => (options.needsEdges ? g.op('Add', [values, nothing]) : values);
  if (options.mean) g.output('energy', kept(g.op('Div', [energy, atoms])), type, [1]);
  else g.output('atomic_energy', kept(atomEnergies), type, ['n']);
  g.output('gradient', g.op('Unsqueeze', [g.op('Neg', [forces]), axes(g, 0)]), type, [1, 'n', 3]);
  const volume = g.input('volume', type, []);
  const stress = g.op('Div', [virial, volume]);
  const order = g.constant('int64', options.lammps ? [0, 4, 8, 1, 2, 5] : [0, 4, 8, 5, 2, 1], [6]);
  const six = options.voigt || options.lammps;
  const flat = g.op('Reshape', [stress, g.constant('int64', [9], [1])]);
  g.output('stress', six ? g.op('Gather', [flat, order]) : stress, type, six ? [6] : [3, 3]);
  return g.model({ metadata: options.metadata });
}
