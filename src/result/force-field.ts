// A force field in the document.

import { z } from 'zod';

const changeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const changeSchema = z.object({
  /** Id of the pass: `scatter-accumulate`, `differentiate`, … */
  pass: z.string(),
  count: z.int(),
  values: z.record(z.string(), changeValue),
});
const modelPreparationSchema = z.object({
  forces: z.enum(['model', 'autodiff', 'finite-difference']),
  changes: z.array(changeSchema),
  /** Repairs that made the energy depend more on the order of the atoms, and were taken back. */
  rejected: z.array(changeSchema),
  /** What was seen and not mended. */
  lints: z.array(z.object({ id: z.string(), count: z.int(), values: z.record(z.string(), changeValue) })),
});
export type ModelPreparation = z.infer<typeof modelPreparationSchema>;

/** What was run: a force field with its file, its settings and what its tensors mean. */
export const forceFieldRecord = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  cutoff: z.number().nullable(),
  elements: z.array(z.int()).nullable(),
  precision: z.string(),
  parameters: z.number(),
  settings: z.record(z.string(), z.unknown()),
  file: z
    .object({ path: z.string(), sha256: z.string(), bytes: z.number(), commit: z.string().nullable() })
    .nullable(),
  binding: z.array(
    z.object({
      tensor: z.string(),
      direction: z.enum(['input', 'output']),
      role: z.string(),
      source: z.string(),
      type: z.string(),
      shape: z.array(z.union([z.number(), z.string()])),
    }),
  ),
  assumed: z.array(z.string()),
  /** Of a model file: where its forces come from, and what was changed in memory before it ran. */
  preparation: modelPreparationSchema.optional(),
});
