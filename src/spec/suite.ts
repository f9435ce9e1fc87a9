// A suite: a grid of force fields and systems under one dynamics, as a JSON file in benchmarks/suites/ or of the user's.

import { z } from 'zod';
import { dynamicsSpec, forceFieldSpec, systemSpec } from './case.js';

export const suiteSpec = z.strictObject({
  suite: z.literal(1),
  title: z.string().min(1),
  forceFields: z.array(forceFieldSpec).min(1),
  systems: z.array(systemSpec).min(1),
  dynamics: dynamicsSpec.prefault({}),
});
export type SuiteSpec = z.infer<typeof suiteSpec>;
