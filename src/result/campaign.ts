// A paired campaign: two arms, fresh process pairs, ABBA blocks of segments. What was measured, before any judgement.

import { z } from 'zod';
import { caseSpec } from '../spec/case.js';

export const armNames = ['baseline', 'candidate'] as const;
export type ArmName = (typeof armNames)[number];

/** What a worker says it runs; keys that differ between two arms are named when unlike things are refused. */
const workloadSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type Workload = z.infer<typeof workloadSchema>;

export const armSchema = z.object({
  /** What a person calls it: the id of a force field, or the command. */
  label: z.string(),
  /** Null for a command of the user's own. */
  spec: caseSpec.nullable(),
  /** Program and arguments; null for a worker of ours. */
  command: z.array(z.string()).nullable(),
  /** As its first worker said it; null if none came that far. */
  workload: workloadSchema.nullable(),
  /** Steps of one segment, the same in all pairs. */
  segmentSteps: z.int(),
});
export type Arm = z.infer<typeof armSchema>;

/** A worker process of one arm. Times in ms. */
export const workerRecordSchema = z.object({
  /** From the start of the process to its first sign of life. */
  start: z.number(),
  sessionCreate: z.number().nullable(),
  firstCall: z.number().nullable(),
  earlyCalls: z.array(z.number()),
  /** Dropped before the first segment, and whether the last windows had settled. */
  warmUp: z.object({ steps: z.int(), elapsed: z.number(), settled: z.boolean() }),
  /** bytes, at its end */
  peakRss: z.number().nullable(),
});
export type WorkerRecord = z.infer<typeof workerRecordSchema>;

/** Segments in the order in which they ran; one entry a segment in every column. */
const segmentsSchema = z.object({
  arm: z.array(z.enum(armNames)),
  /** Which fresh session of its process, from 0. */
  session: z.array(z.int()),
  /** Which block of the pair, from 0; a block is four segments, ABBA or BAAB. */
  block: z.array(z.int()),
  /** ms since the campaign began */
  at: z.array(z.number()),
  steps: z.array(z.int()),
  /** By metric id: medians within the segment (`step-time-p50`, `force-call-p50` …), ms unless the id says otherwise. */
  metrics: z.record(z.string(), z.array(z.number())),
  /** ms of the whole segment by phase: forces, neighbors, integrate, other. Empty where the worker does not tell. */
  phases: z.record(z.string(), z.array(z.number())),
  /** Medians of the step time in five equal parts of the segment, one after another: five entries a segment; may be empty. */
  parts: z.array(z.number()),
});
export type Segments = z.infer<typeof segmentsSchema>;

const pairSchema = z.object({
  /** Of the velocities, the same in both arms. */
  seed: z.int(),
  workers: z.object({ baseline: workerRecordSchema, candidate: workerRecordSchema }),
  segments: segmentsSchema,
  /** The control workload, run by the parent between blocks: when, and how long it took, in ms. */
  control: z.object({ at: z.array(z.number()), elapsed: z.array(z.number()) }),
});
export type Pair = z.infer<typeof pairSchema>;

/** What the machine was doing before and while it was measured; null where it cannot be read. */
const machineStateSchema = z.object({
  grade: z.enum(['quiet', 'usable', 'noisy']),
  loadAverage: z.number().nullable(),
  coresUsable: z.int(),
  cpuGovernor: z.string().nullable(),
  /** Share of processor time that the host took away. */
  steal: z.number().nullable(),
  /** Thermal throttling events seen. */
  throttled: z.int().nullable(),
  /** Spread of the control workload over its repetitions: robust coefficient of variation; and its median in ms. */
  controlSpread: z.number(),
  controlTime: z.number(),
  /** Why the grade is not `quiet`: `load`, `steal`, `control-spread`, `governor`, `throttling`. */
  reasons: z.array(z.string()),
});
export type MachineState = z.infer<typeof machineStateSchema>;

const designSchema = z.object({
  /** Pairs at most, and after which of them the data are looked at. */
  pairs: z.int(),
  looks: z.array(z.int()),
  sessions: z.int(),
  /** Blocks a session. */
  blocks: z.int(),
  /** ms */
  segment: z.number(),
  /** ms that the campaign may take; null: as long as its pairs need. */
  budget: z.number().nullable(),
  /** Tolerated slowdown as a share (0.03), and the one-sided error of each look. */
  tolerance: z.number(),
  alpha: z.number(),
  /** Gated times that share it among them; 1 unless told. What can be seen follows from both. */
  alphaDivisor: z.number().optional(),
  /** Of the order of arms and blocks. */
  seed: z.int(),
  /** ms between two segments of different workers, for spinning threads to fall asleep; 0 with one thread. */
  handover: z.number(),
  /** Spread of pair effects that was expected when it was planned, and the smallest change that it could see then: null of a lone pair. */
  expectedSpread: z.number(),
  expectedDetectable: z.number().nullable(),
  /** ms that it was expected to take */
  expectedTime: z.number(),
});
export type CampaignDesign = z.infer<typeof designSchema>;

const campaignFailureSchema = z.object({
  arm: z.enum(armNames),
  pair: z.int(),
  /** An error code, or `crash`, `out-of-memory`, `killed`, `no-progress`, `protocol`, `nan-energy`, `explosion`. */
  cause: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type CampaignFailure = z.infer<typeof campaignFailureSchema>;

export const pairedCampaignSchema = z.object({
  /** Names the system, so that patterns of gates can: `si64`; `commands` for two commands. */
  id: z.string(),
  arms: z.object({ baseline: armSchema, candidate: armSchema }),
  design: designSchema,
  machine: machineStateSchema,
  pairs: z.array(pairSchema),
  status: z.enum(['complete', 'aborted', 'failed']),
  failure: campaignFailureSchema.nullable(),
  /** ms */
  elapsed: z.number(),
  /** True: the one declared rerun after the campaign before it was contaminated. */
  rerun: z.boolean(),
});
export type PairedCampaign = z.infer<typeof pairedCampaignSchema>;
