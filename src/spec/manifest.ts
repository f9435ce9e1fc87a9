// The sidecar manifest of a model file, `model.onnx.mdbench.json`: what its tensors mean where the file does not say.

import { z } from 'zod';
import { forceSources, precisions } from './case.js';

export const lengthUnits = ['angstrom', 'nm', 'bohr'] as const;
export const energyUnits = ['eV', 'hartree', 'rydberg', 'kcal/mol', 'kJ/mol'] as const;
export type LengthUnit = (typeof lengthUnits)[number];
export type EnergyUnit = (typeof energyUnits)[number];

/**
 * What an input can be. `shifts` are cartesian vectors, `cell-shifts` whole numbers of lattice vectors, one for each edge
 * or each slot of a neighbor matrix. `long-…` are of a second matrix with a longer cutoff of its own. The positions and
 * species of ghosts are those of all atoms, the true ones first.
 */
export const inputRoles = [
  'positions',
  'species',
  'cell',
  'pbc',
  'edges',
  'edge-centers',
  'edge-neighbors',
  'vectors',
  'distances',
  'shifts',
  'cell-shifts',
  'neighbor-matrix',
  'neighbor-mask',
  'padding-mask',
  'neighbor-counts',
  'neighbor-list',
  'long-neighbor-matrix',
  'long-cell-shifts',
  'ghost-positions',
  'ghost-species',
  'contributing',
  'mapping',
  'batch',
  'ptr',
  'atom-count',
  'head',
  'charge',
  'spin',
] as const;
/** Beside those of a manifest: given values, and what is fed to the nodes that mdbench puts in front of a model. */
export type InputRole =
  | (typeof inputRoles)[number]
  | 'constant'
  | 'ghost-sources'
  | 'ghost-shifts'
  | 'tail-positions';

/** `stress` is +dE/dε/V, `virial` is −dE/dε. */
export const outputRoles = ['energy', 'forces', 'stress', 'virial', 'unused'] as const;
export type OutputRole = (typeof outputRoles)[number];

/** How six numbers of a stress are ordered: Voigt's xx, yy, zz, yz, xz, xy (ASE), or xx, yy, zz, xy, xz, yz (LAMMPS). */
const stressLayouts = ['3x3', 'voigt', 'lammps'] as const;
export type StressLayout = (typeof stressLayouts)[number];

/** Passes over the graph that a manifest can switch, with the ids under which they are reported. */
export const repairSwitches = {
  scatterAdd: 'scatter-accumulate',
  scatterNd: 'scatter-nd',
  eyeLike: 'eye-like',
  opset: 'opset-upgrade',
  inlineIf: 'inline-if',
  inlineFunctions: 'inline-functions',
} as const;
const repairNames = Object.keys(repairSwitches) as (keyof typeof repairSwitches)[];

const inputRole = z.enum(inputRoles);
const outputRole = z.enum(outputRoles);
/** A damaged file may claim any size, and memory is taken by it. */
const [mostRows, mostNeighbors] = [10_000_000, 100_000];
const elements = z.array(z.string().min(1)).min(1);

export const manifestSpec = z.strictObject({
  mdbench: z.literal(1),
  units: z
    .strictObject({
      /** By name, or as a number of Å and eV. */
      length: z.union([z.enum(lengthUnits), z.number().positive()]).optional(),
      energy: z.union([z.enum(energyUnits), z.number().positive()]).optional(),
      /** `energy/length` of the units above, such as `kcal/mol/angstrom`; default: the units of this model. */
      force: z.string().optional(),
      /** Of an output that is a stress: `GPa`, `MPa`, `kbar`, `bar` or `energy/length^3`; default: the units of this model. */
      stress: z.string().optional(),
    })
    .optional(),
  /** In the model's unit of length. */
  cutoff: z.number().positive().optional(),
  /** Of a second, longer neighbor matrix, in the model's unit of length. */
  longCutoff: z.number().positive().optional(),
  species: z
    .discriminatedUnion('kind', [
      /** Atomic numbers; `elements` are those that it knows. */
      z.strictObject({ kind: z.literal('number'), elements: elements.optional() }),
      /** Position in `elements`, from 0. */
      z.strictObject({ kind: z.literal('index'), elements }),
      z.strictObject({ kind: z.literal('onehot'), elements }),
    ])
    .optional(),
  neighbors: z
    .strictObject({
      /** `padded`: a matrix with a row for each atom; `ghosts`: images are atoms of their own, after the true ones. */
      kind: z.enum(['none', 'full', 'half', 'padded', 'ghosts']).optional(),
      shifts: z.enum(['cartesian', 'integer']).optional(),
      /** Which end of an edge is the center: the atom that the messages go to. */
      center: z.enum(['first', 'second']).optional(),
      /** Slots of a row of the matrix; default: what the file fixes, or as many as are needed. */
      width: z.int().positive().max(mostNeighbors).optional(),
      /** What an empty slot of the matrix holds: a number, the number of atoms, or the index of the row. */
      pad: z.union([z.int(), z.literal(['atoms', 'self'])]).optional(),
      /** In the model's unit of length. */
      skin: z.number().nonnegative().optional(),
    })
    .optional(),
  /** `host`: through the shifts of the edges; otherwise what the model's own neighbor search can do. */
  pbc: z.enum(['none', 'orthorhombic', 'reduced', 'triclinic', 'host']).optional(),
  inputs: z
    .record(
      z.string(),
      z.union([
        inputRole,
        z.strictObject({
          role: inputRole,
          /** Of a charge (default 0), spin (default 1) or head (default 0). */
          value: z.number().optional(),
        }),
        z.strictObject({ constant: z.union([z.number(), z.array(z.number())]) }),
      ]),
    )
    .optional(),
  outputs: z
    .record(
      z.string(),
      z.union([
        outputRole,
        z.strictObject({
          role: outputRole,
          /** −1: the tensor holds minus what its role means, as a gradient that stands for the forces does. */
          sign: z.union([z.literal(1), z.literal(-1)]).optional(),
          layout: z.enum(stressLayouts).optional(),
        }),
      ]),
    )
    .optional(),
  energy: z.enum(['total', 'per-atom', 'mean-per-atom']).optional(),
  /** Where forces come from; default: the model's own, else the gradient of its energy. */
  forces: z.enum(forceSources).optional(),
  precision: z.enum(precisions).optional(),
  /** Sizes that the file fixes, and what fills them up. */
  static: z
    .strictObject({
      atoms: z.int().positive().max(mostRows).nullable().optional(),
      edges: z.int().positive().max(mostRows).nullable().optional(),
      /** What more rows than atoms hold: a symbol or the model's own number of a species, far away. `true`: edges alone. */
      pad: z.union([z.boolean(), z.string().min(1), z.int()]).optional(),
      /** It takes one atom more than there are, to which empty slots of the matrix point. */
      dummy: z.boolean().optional(),
    })
    .optional(),
  /** False switches a pass over the graph off. */
  repair: z.partialRecord(z.enum(repairNames), z.boolean()).optional(),
  /** What the model gives where it was made, to examine it by; files beside the manifest. */
  reference: z
    .strictObject({ system: z.string(), energy: z.number().optional(), forces: z.string().optional() })
    .optional(),
});
export type Manifest = z.infer<typeof manifestSpec>;
