// THE WALL: the result document. Everything right of it (metrics, report, compare) works from this alone.

import { z } from 'zod';
import { caseSpec, dynamicsSpec } from '../spec/case.js';
import { pairedCampaignSchema } from './campaign.js';
import { type ColumnName, columnNames } from './column-names.js';
import { examinationSchema } from './examination.js';
import { forceFieldRecord } from './force-field.js';
import { checkSchema, comparisonReportSchema } from './judgement.js';
import { profileSchema } from './profile.js';
import { failureSchema, warningSchema } from './records.js';
import { validationSchema } from './validation.js';

export type { ModelPreparation } from './force-field.js';
export type { Failure, Warning } from './records.js';

export const schemaVersion = 1;

const verdictSchema = z.object({
  state: z.enum(['pass', 'warn', 'fail', 'inconclusive']),
  /** Limits it was judged by, in the metric's unit. */
  pass: z.number(),
  fail: z.number(),
  /** Steps still missing for a verdict, when inconclusive and known. */
  moreSteps: z.number().nullable(),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const metricSchema = z.object({
  /** Null: could not be measured; `warnings` says why. */
  value: z.number().nullable(),
  unit: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Samples behind the number (steps, calls, checkpoints, or trajectories). */
  n: z.number(),
  /** `force call`, `call + list`, `whole step` where the number is a time or a rate. */
  region: z.string().optional(),
  /** The same quantity in another unit, where people expect both (drift in K/ps). */
  also: z.object({ value: z.number(), unit: z.string() }).optional(),
  verdict: verdictSchema.optional(),
  warnings: z.array(warningSchema),
});
export type Metric = z.infer<typeof metricSchema>;

/** A column of little-endian Float64: inside the document as base64, or in a sidecar file beside it. */
const columnSchema = z.union([
  z.object({ length: z.int(), base64: z.string() }),
  z.object({ length: z.int(), file: z.string(), offset: z.int(), sha256: z.string() }),
]);
export type Column = z.infer<typeof columnSchema>;

const columnsSchema = z.object({
  ...(Object.fromEntries(columnNames.map((name) => [name, columnSchema])) as Record<
    ColumnName,
    typeof columnSchema
  >),
  pressure: columnSchema.optional(),
  volume: columnSchema.optional(),
});

const memorySchema = z.object({
  /** Measured step of each checkpoint (0 = before the first). All sizes in bytes, after a forced collection. */
  step: z.array(z.number()),
  rss: z.array(z.number()),
  heapUsed: z.array(z.number()),
  external: z.array(z.number()),
  arrayBuffers: z.array(z.number()),
  /** Pss of /proc/self/smaps_rollup; empty where there is none. */
  pss: z.array(z.number()),
});
export type Memory = z.infer<typeof memorySchema>;

/** The other process of a force field that is computed by one. ms. */
const externalSchema = z.object({
  /** Median of force calls to a process that computes nothing: what is not the client's in a force call. */
  roundTrip: z.number(),
  /** Of a call, by the client's own clock; null where it does not tell. */
  clientTime: z.object({ mean: z.number(), median: z.number(), calls: z.int() }).nullable(),
  /** The client with its children, at measured steps: how many, bytes, ms of processor time since they began. */
  processes: z
    .object({
      step: z.array(z.number()),
      count: z.array(z.int()),
      memory: z.array(z.number()),
      cpuTime: z.array(z.number()),
    })
    .nullable(),
  /** Atoms without any force in the last call: what a program with fewer atoms of its own leaves. */
  restingAtoms: z.int().optional(),
});
export type External = z.infer<typeof externalSchema>;

const trajectorySchema = z.object({
  seed: z.int(),
  /** Measured steps that were completed. */
  steps: z.int(),
  columns: columnsSchema,
  cold: z.object({
    /** ms: loading the force field up to its first call (for ONNX: creating the session). */
    sessionCreate: z.number(),
    /** ms: the first force call of the process, and calls 2 … 10. */
    firstCall: z.number(),
    earlyCalls: z.array(z.number()),
  }),
  equilibration: z.object({ steps: z.int(), temperatureMean: z.number().nullable() }),
  neighbors: z
    .object({
      rebuilds: z.int(),
      dangerousBuilds: z.int(),
      pairs: z.int(),
      /** Measured steps at which the list was rebuilt; the first 10 000. */
      rebuildSteps: z.array(z.int()),
    })
    .nullable(),
  /** ms over all measured steps: half kicks, drift and kinetic energy. */
  integrateTotal: z.number(),
  /** amu·Å/fs, largest norm of the total momentum. */
  momentumMax: z.number(),
  memory: memorySchema,
  /** bytes: the high-water mark of the resident set over the whole process. */
  peakRss: z.number(),
  /** Where another process computes the forces. */
  external: externalSchema.optional(),
});
export type Trajectory = z.infer<typeof trajectorySchema>;

const recordingSchema = z.object({ trajectories: z.array(trajectorySchema) });

const systemRecord = z.object({
  name: z.string(),
  atoms: z.int(),
  formula: z.string(),
  /** (3,3) rows in Å */
  cell: z.array(z.number()),
  pbc: z.tuple([z.boolean(), z.boolean(), z.boolean()]),
  /** g/cm³; null with open boundaries. */
  density: z.number().nullable(),
  /** Å; null for a single atom. */
  shortestDistance: z.number().nullable(),
  /** eV/Å, of the starting positions. */
  largestForce: z.number().nullable(),
});

const caseStatus = z.enum(['ok', 'failed', 'skipped', 'inconclusive', 'aborted', 'pending']);

const caseResultSchema = z.object({
  id: z.string(),
  status: caseStatus,
  failure: failureSchema.nullable(),
  spec: caseSpec,
  /** Null until the worker has built them. */
  forceField: forceFieldRecord.nullable(),
  system: systemRecord.nullable(),
  dynamics: dynamicsSpec.extend({
    integrator: z.string(),
    thermostat: z.string(),
    /** Of NPT. */
    barostat: z.string().optional(),
  }),
  /** What the examination of its force field found; absent where it was not examined. */
  validation: validationSchema.optional(),
  recording: recordingSchema,
  metrics: z.record(z.string(), metricSchema),
  warnings: z.array(warningSchema),
});
export type CaseResult = z.infer<typeof caseResultSchema>;

const environmentSchema = z.object({
  cpu: z.string(),
  /** Cores that this process may use, and that the machine has. */
  coresUsable: z.int(),
  cores: z.int(),
  memory: z.number(),
  os: z.string(),
  arch: z.string(),
  node: z.string(),
  onnxruntime: z.string(),
  /** Which code builds the neighbor lists: the addon, or TypeScript; and why not the addon. */
  backend: z.enum(['native', 'reference']),
  backendReason: z.string().nullable(),
  loadAverage: z.number().nullable(),
  cpuGovernor: z.string().nullable(),
});
export type Environment = z.infer<typeof environmentSchema>;

export const documentSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  tool: z.object({ name: z.literal('mdbench'), version: z.string(), command: z.array(z.string()) }),
  /** What was run, where it has a name: the title of its suite. */
  title: z.string().optional(),
  createdAt: z.string(),
  /** `running` while cases are missing; `aborted` after Ctrl-C. */
  status: z.enum(['running', 'complete', 'aborted']),
  environment: environmentSchema,
  cases: z.array(caseResultSchema),
  /** Of `compare` and `check`: what was measured in pairs, what was examined, and what is concluded from both. */
  campaigns: z.array(pairedCampaignSchema).optional(),
  examinations: z.array(examinationSchema).optional(),
  comparison: comparisonReportSchema.optional(),
  check: checkSchema.optional(),
  /** Of `profile`: one of each case, or one of a command. */
  profiles: z.array(profileSchema).optional(),
  warnings: z.array(warningSchema),
});
export type ResultDocument = z.infer<typeof documentSchema>;
