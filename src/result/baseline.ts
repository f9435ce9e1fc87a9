// A stored baseline: fresh processes of one arm, kept for a later check, with what it takes to know the machine again.

import { z } from 'zod';
import { armSchema, workerRecordSchema } from './campaign.js';
import { documentSchema } from './document.js';
import { fingerprintSchema } from './fingerprint.js';

export const baselineVersion = 1;

/** One process of one arm alone. Times in ms. */
export const soloRunSchema = z.object({
  /** Of the velocities. */
  seed: z.int(),
  /** By metric id: the median over the segments of this process. */
  metrics: z.record(z.string(), z.number()),
  /** The control workload beside it: median, ms. */
  control: z.number(),
  worker: workerRecordSchema,
});
export type SoloRun = z.infer<typeof soloRunSchema>;

/** Letters of every file system; what a baseline may be called. */
export const baselineName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export const storedBaselineSchema = z.object({
  baselineVersion: z.literal(baselineVersion),
  name: z.string().regex(baselineName),
  /** ISO 8601 */
  createdAt: z.string(),
  tool: z.object({ name: z.literal('mdbench'), version: z.string() }),
  environment: documentSchema.shape.environment,
  fingerprint: fingerprintSchema,
  /** ms, median of the control workload over all runs. */
  controlTime: z.number(),
  arm: armSchema,
  runs: z.array(soloRunSchema),
});
export type StoredBaseline = z.infer<typeof storedBaselineSchema>;
