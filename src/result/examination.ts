// What two force fields say of the same frames, and what each one's own trajectory shows. Raw, before any judgement.

import { z } from 'zod';
import { armNames } from './campaign.js';

/** By frame, in order. Errors are candidate against baseline, over the atoms of one element; eV/Å and degrees. */
const elementErrorsSchema = z.object({
  number: z.int(),
  atoms: z.int(),
  /** Sums over 3·atoms components: |ΔF|², |ΔF|. */
  squared: z.array(z.number()),
  absolute: z.array(z.number()),
  /** Largest norm of the difference vector of an atom. */
  largest: z.array(z.number()),
  /** Sums over atoms: cosine and angle (degrees) between the two force vectors; atoms with |F| < 0.01 eV/Å are not counted. */
  cosine: z.array(z.number()),
  angle: z.array(z.number()),
  counted: z.array(z.int()),
  /** Sum over 3·atoms components of the baseline's force squared: the size that the error is to be seen against. */
  size: z.array(z.number()),
});

const labelledFramesSchema = z.object({
  /** Whose trajectory visited them. */
  source: z.enum(armNames),
  /** Measured step of each frame. */
  step: z.array(z.int()),
  /** eV */
  energy: z.object({ baseline: z.array(z.number()), candidate: z.array(z.number()) }),
  elements: z.array(elementErrorsSchema),
  /** Atom (0-based) of the largest difference in each frame, and that difference in eV/Å. */
  worstAtom: z.array(z.int()),
  worstError: z.array(z.number()),
  /** At most 2 000 pairs of components drawn evenly over frames and atoms, eV/Å, for a parity chart. */
  parity: z.object({ baseline: z.array(z.number()), candidate: z.array(z.number()) }),
  /** The worst frames as extended XYZ, relative to the document, worst first; null if not written. */
  worstFile: z.string().nullable(),
});
export type LabelledFrames = z.infer<typeof labelledFramesSchema>;

/** A curve over evenly spaced abscissas, of the whole trajectory and of its two halves. */
const curveSchema = z.object({
  start: z.number(),
  width: z.number(),
  whole: z.array(z.number()),
  halves: z.tuple([z.array(z.number()), z.array(z.number())]),
});
export type Curve = z.infer<typeof curveSchema>;

const observablesSchema = z.object({
  arm: z.enum(armNames),
  seed: z.int(),
  steps: z.int(),
  /** Steps between two samples of the positions, and of the velocities. */
  every: z.object({ positions: z.int(), velocities: z.int() }),
  temperature: z.object({ mean: z.number(), halves: z.tuple([z.number(), z.number()]) }),
  /** g(r) by pair of elements (`Si-Si`; for open boundaries the pair distance distribution), r in Å. */
  radialDistribution: z.array(z.object({ pair: z.string(), curve: curveSchema })),
  /** Normalized to 1 at lag 0; abscissa in fs. Mass-weighted mean over atoms. */
  velocityAutocorrelation: curveSchema,
  /** Power spectrum of the above, unit area; abscissa in THz. */
  spectrum: curveSchema,
});
export type Observables = z.infer<typeof observablesSchema>;

export const examinationSchema = z.object({
  /** The system, as in the campaigns. */
  id: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  /** Frames of the baseline's trajectory, then of the candidate's. */
  frames: z.array(labelledFramesSchema),
  observables: z.array(observablesSchema),
  failure: z.object({ cause: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
});
export type Examination = z.infer<typeof examinationSchema>;
