// Records that several parts of a document share: warnings and failures.

import { z } from 'zod';

/** A warning is data: a code that report/words turns into a sentence, and the values that go into it. */
export const warningSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
});
export type Warning = z.infer<typeof warningSchema>;

export const failureSchema = z.object({
  stage: z.enum(['prepare', 'equilibrate', 'measure', 'dump', 'write', 'profile']),
  seed: z.int().nullable(),
  /** Step at which it happened (of its stage), where known. */
  step: z.int().nullable(),
  /** An error code, or `nan-energy`, `explosion`, `crash`, `out-of-memory`, `killed`, `no-progress`. */
  cause: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;
