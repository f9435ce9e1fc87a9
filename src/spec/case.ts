// What one case says: a force field, a system, the dynamics. The defaults of every verb live here.

import { z } from 'zod';

export const dynamicsSpec = z.strictObject({
  ensemble: z.literal('nve').default('nve'),
  steps: z.int().positive().default(1000),
  /** fs */
  timestep: z.number().positive().default(1),
  /** K, of the velocities and the thermostat of the equilibration */
  temperature: z.number().positive().default(300),
  /** Seed of the first trajectory; trajectory k uses seed + k. */
  seed: z.int().nonnegative().default(1),
  /** Number of independent trajectories, each in a fresh process. */
  seeds: z.int().positive().default(1),
  /** Langevin steps before the measured NVE stage. */
  equilibrate: z.int().nonnegative().default(500),
  /** 1/fs, friction of the equilibration */
  friction: z.number().positive().default(0.02),
  /** Å, of the pair (LAMMPS' meaning): the list is rebuilt when an atom has moved more than skin/2. */
  skin: z.number().nonnegative().default(1),
});
export type DynamicsSpec = z.infer<typeof dynamicsSpec>;

export const forceFieldSpec = z.strictObject({
  /** A path to an .onnx file or the name of a built-in force field. */
  name: z.string().min(1),
  provider: z.string().default('cpu'),
  /** Intra-op threads of ONNX Runtime. */
  threads: z.int().positive().default(1),
});
export type ForceFieldSpec = z.infer<typeof forceFieldSpec>;

export const systemSpec = z.union([
  z.strictObject({ name: z.string().min(1) }),
  z.strictObject({
    /** Path of an extended-XYZ file; its last frame is used. */
    structure: z.string().min(1),
    repeat: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]).default([1, 1, 1]),
  }),
]);
export type SystemSpec = z.infer<typeof systemSpec>;

export const caseSpec = z.strictObject({
  /** Reads as what it is: `si64-silicon-student-nve`. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  forceField: forceFieldSpec,
  system: systemSpec,
  dynamics: dynamicsSpec,
});
export type CaseSpec = z.infer<typeof caseSpec>;
