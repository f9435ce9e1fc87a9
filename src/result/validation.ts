// What the examination of a force field found, item by item.

import { z } from 'zod';

export const validationVersion = 1;

const itemSchema = z.object({
  id: z.string(),
  status: z.enum(['pass', 'warn', 'fail', 'skipped']),
  /** The number that was judged; null where it is no number or none could be had. */
  value: z.number().nullable(),
  unit: z.string(),
  tolerance: z.number().nullable(),
  /** For the words; `reason` says why an item was skipped. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ValidationItem = z.infer<typeof itemSchema>;

export const validationSchema = z.object({
  validationVersion: z.literal(validationVersion),
  forceField: z.object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    precision: z.string(),
    cutoff: z.number().nullable(),
    elements: z.array(z.int()).nullable(),
    /** Of the model file; null for what is built in. */
    sha256: z.string().nullable(),
    assumed: z.array(z.string()),
    /** As it was asked for: provider, threads, where forces come from, … */
    spec: z.record(z.string(), z.unknown()),
  }),
  versions: z.object({ mdbench: z.string(), onnxruntime: z.string() }),
  systems: z.array(
    z.object({
      name: z.string(),
      atoms: z.int(),
      formula: z.string(),
      pbc: z.tuple([z.boolean(), z.boolean(), z.boolean()]),
      /** False: it was made for the force field. */
      given: z.boolean(),
    }),
  ),
  items: z.array(itemSchema),
  /** An item that was skipped has not passed. */
  summary: z.object({ pass: z.int(), warn: z.int(), fail: z.int(), skipped: z.int() }),
  /** Null: that item was skipped. */
  forcesAreGradient: z.boolean().nullable(),
  energySmooth: z.boolean().nullable(),
});
export type ValidationRecord = z.infer<typeof validationSchema>;

/** What the items come down to. */
export function summarizeItems(
  items: readonly ValidationItem[],
): Pick<ValidationRecord, 'summary' | 'forcesAreGradient' | 'energySmooth'> {
  const count = (status: ValidationItem['status']) => items.filter((item) => item.status === status).length;
  return {
    summary: {
      pass: count('pass'),
      warn: count('warn'),
      fail: count('fail'),
      skipped: count('skipped'),
    },
    forcesAreGradient: holds(items, 'gradient'),
    energySmooth: holds(items, 'cutoff-smoothness'),
  };
}

function holds(items: readonly ValidationItem[], id: string): boolean | null {
  const status = items.find((item) => item.id === id)?.status ?? 'skipped';
  return status === 'skipped' ? null : status !== 'fail';
}
