// The sidecar manifest of a model file, `model.onnx.mdbench.json`: what its tensors mean where the file does not say.

import { z } from 'zod';

export const lengthUnits = ['angstrom', 'nm', 'bohr'] as const;
export const energyUnits = ['eV', 'hartree', 'rydberg', 'kcal/mol', 'kJ/mol'] as const;
export type LengthUnit = (typeof lengthUnits)[number];
export type EnergyUnit = (typeof energyUnits)[number];

/** What an input can be. `shifts` are cartesian vectors, `cell-shifts` whole numbers of lattice vectors. */
export const inputRoles = [
  'positions',
  'species',
  'cell',
  'pbc',
  'edges',
  'edge-centers',
  'edge-neighbors',
  'shifts',
  'cell-shifts',
  'batch',
  'ptr',
  'atom-count',
  'head',
  'charge',
  'spin',
] as const;
export type InputRole = (typeof inputRoles)[number] | 'constant';

/** `stress` is +dE/dε/V, `virial` is −dE/dε. */
export const outputRoles = ['energy', 'forces', 'stress', 'virial', 'unused'] as const;
export type OutputRole = (typeof outputRoles)[number];

const inputRole = z.enum(inputRoles);
const outputRole = z.enum(outputRoles);
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
    })
    .optional(),
  /** In the model's unit of length. */
  cutoff: z.number().positive().optional(),
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
      kind: z.enum(['none', 'full', 'half']).optional(),
      shifts: z.enum(['cartesian', 'integer']).optional(),
      /** Which end of an edge is the center: the atom that the messages go to. */
      center: z.enum(['first', 'second']).optional(),
    })
    .optional(),
  /** `host`: through the shifts of the edges; otherwise what the model's own neighbor search can do. */
  pbc: z.enum(['none', 'orthorhombic', 'triclinic', 'host']).optional(),
  inputs: z
    .record(
      z.string(),
      z.union([
        inputRole,
        z.strictObject({ role: inputRole }),
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
        }),
      ]),
    )
    .optional(),
  energy: z.enum(['total', 'per-atom', 'mean-per-atom']).optional(),
});
export type Manifest = z.infer<typeof manifestSpec>;
