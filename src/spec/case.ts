// What one case says: a force field, a system, the dynamics. The defaults of every verb live here.

import { z } from 'zod';

const wholeAboveZero = z.int('must be a whole number above 0').positive('must be a whole number above 0');
const wholeNotNegative = z
  .int('must be a whole number, 0 or above')
  .nonnegative('must be a whole number, 0 or above');
const aboveZero = z.number('must be a number above 0').positive('must be a number above 0');

/** One Float64 for each of up to nine columns a step: more than this would not fit in memory beside the rest. */
const maximalSteps = 20_000_000;

export const ensembles = ['nve', 'nvt', 'npt'] as const;
export type Ensemble = (typeof ensembles)[number];

export const dynamicsSpec = z.strictObject({
  /** Of the measured stage: velocity Verlet, Langevin, or Langevin with stochastic cell rescaling. */
  ensemble: z.enum(ensembles).default('nve'),
  steps: wholeAboveZero.max(maximalSteps, `must be at most ${maximalSteps}`).default(1000),
  /** fs */
  timestep: aboveZero.default(1),
  /** K, of the velocities and the thermostat of the equilibration */
  temperature: aboveZero.default(300),
  /** Seed of the first trajectory; trajectory k uses seed + k. */
  seed: wholeNotNegative.default(1),
  /** Number of independent trajectories, each in a fresh process. */
  seeds: wholeAboveZero.default(1),
  /** Steps before the measured stage: Langevin, for NPT with its barostat. */
  equilibrate: wholeNotNegative.default(500),
  /** 1/fs, friction of the thermostat: of the equilibration, and of the measured stage unless it is NVE */
  friction: aboveZero.default(0.02),
  /** Å, of the pair (LAMMPS' meaning): the list is rebuilt when an atom has moved more than skin/2. */
  skin: z.number('must be a number, 0 or above').nonnegative('must be a number, 0 or above').default(1),
  /** GPa, of NPT alone like the two that follow; see `barostatDefaults` */
  pressure: z.number('must be a number').optional(),
  /** fs */
  barostatTime: aboveZero.optional(),
  /** 1/GPa */
  compressibility: aboveZero.optional(),
});
export type DynamicsSpec = z.infer<typeof dynamicsSpec>;

/** `model`: an output of the file; `autodiff`: −∂E/∂positions of its graph; the last is for checks, not for timing. */
export const forceSources = ['model', 'autodiff', 'finite-difference'] as const;
export type ForceSource = (typeof forceSources)[number];
export const precisions = ['as-is', 'f32', 'f64'] as const;

export const forceFieldSpec = z.strictObject({
  /** A path to an .onnx file or the name of a built-in force field. */
  name: z.string().min(1),
  provider: z.string().default('cpu'),
  /** Intra-op threads of ONNX Runtime. */
  threads: wholeAboveZero.default(1),
  /** Of an ASE calculator: interpreter, or folder of an environment. */
  python: z.string().min(1).optional(),
  /** s that a force field of another process has to connect and for each call. */
  timeout: aboveZero.optional(),
  /** Where forces come from; default: the model's own output, else its energy differentiated. */
  forces: z.enum(forceSources).optional(),
  /** Element type of the whole graph; default: as the file has it. */
  precision: z.enum(precisions).optional(),
  /** Whether the stress is derived beside the forces, where the model gives none. */
  stress: z.boolean().optional(),
  /** False: faults of exporters are left as they are; or the ids of the passes that are left out. */
  repair: z.union([z.boolean(), z.strictObject({ without: z.array(z.string()) })]).optional(),
});
export type ForceFieldSpec = z.infer<typeof forceFieldSpec>;

export const systemSpec = z.union([
  z.strictObject({ name: z.string().min(1) }),
  z.strictObject({
    /** Path of an extended-XYZ file; its last frame is used. */
    structure: z.string().min(1),
    repeat: z.tuple([wholeAboveZero, wholeAboveZero, wholeAboveZero]).default([1, 1, 1]),
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
