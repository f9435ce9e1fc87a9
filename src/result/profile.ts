// What `mdbench profile` found beside the timing pass: where the time of a step goes, down to operators and processors.

import { z } from 'zod';
import { cudaProfileSchema } from './cuda-profile.js';
import { failureSchema, warningSchema } from './records.js';

/** In the order of a step; the last two are no phase of the loop. */
export const profilePhases = [
  'neighbors',
  'feeds',
  'forces',
  'outputs',
  'integrate',
  'observe',
  'garbage-collection',
  'unattributed',
] as const;
export type ProfilePhase = (typeof profilePhases)[number];

const phaseRowSchema = z.object({
  phase: z.enum(profilePhases),
  /** % of the plain whole step; the rows of a table sum to 100. */
  share: z.number(),
  /** ms a plain step. */
  time: z.number(),
  /** ms a step of the profiling pass, as its marks measured it. */
  profiled: z.number(),
});
export type PhaseRow = z.infer<typeof phaseRowSchema>;

const phaseTableSchema = z.object({
  /** Steady steps behind the means, of the timing pass and of the profiling pass. */
  plainSteps: z.int(),
  profiledSteps: z.int(),
  /** ms, means over those steps. */
  plainStep: z.number(),
  profiledStep: z.number(),
  /** Median step of profiled over plain processes, of the fastest of each: two, or three where the first two look disturbed. */
  slowdown: z.object({
    ratio: z.number(),
    /** The largest over the smallest median of the plain processes: what the same thing differs by. */
    spread: z.number().nullable(),
  }),
  /** Empty where the table was refused; `warnings` says why. */
  rows: z.array(phaseRowSchema),
  warnings: z.array(warningSchema),
});
export type PhaseTable = z.infer<typeof phaseTableSchema>;

export const spikeCauses = [
  'garbage-collection',
  'list-rebuild',
  'context-switch',
  'checkpoint',
  'unknown',
] as const;
export type SpikeCause = (typeof spikeCauses)[number];

/** Steps of the profiling pass that took much longer than the others, and what happened in them. */
const spikesSchema = z.object({
  /** ms: median step, and the time from which a step counts. */
  median: z.number(),
  threshold: z.number(),
  steps: z.int(),
  /** Of all spikes, by their first cause: how many, and ms beyond the median together. */
  causes: z.array(z.object({ cause: z.enum(spikeCauses), count: z.int(), excess: z.number() })),
  /** The largest, at most fifty, in the order of the steps. */
  largest: z.array(
    z.object({
      step: z.int(),
      time: z.number(),
      /** Everything that happened in it, the likeliest first; `unknown` alone where nothing did. */
      causes: z.array(z.enum(spikeCauses)),
      /** ms of garbage collection in it. */
      collection: z.number(),
      /** Times the thread was taken off its processor in it. */
      switches: z.int(),
    }),
  ),
});
export type Spikes = z.infer<typeof spikesSchema>;

const operatorNodeSchema = z.object({
  name: z.string(),
  operator: z.string(),
  provider: z.string(),
  /** Per force call: how often, and ms. */
  calls: z.number(),
  time: z.number(),
  /** % of the time of a force call in this pass. */
  share: z.number(),
  /** Types and shapes of the last call, like `float32[64,3]`. */
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
});
export type OperatorNode = z.infer<typeof operatorNodeSchema>;

/** From ONNX Runtime's own profile, in a short session of its own. */
export const operatorProfileSchema = z.object({
  provider: z.string(),
  /** Force calls behind the means, all of them after a warm-up. */
  calls: z.int(),
  /** ms a force call while profiled (`model_run`), and the median force call of the timing pass. */
  callTime: z.number(),
  plainCall: z.number().nullable(),
  /** % of `callTime` that the nodes account for together. */
  covered: z.number(),
  /** True: a provider off the CPU, so that a node's time is that of its launch on the host. */
  hostLaunch: z.boolean(),
  threads: z.int(),
  /** By operator type and provider, the longest first. */
  types: z.array(
    z.object({
      operator: z.string(),
      provider: z.string(),
      nodes: z.int(),
      /** Per force call. */
      calls: z.number(),
      time: z.number(),
      share: z.number(),
    }),
  ),
  /** All nodes of the graph as it was run, the longest first; at most 500. */
  nodes: z.array(operatorNodeSchema),
  /** Advice as data: a code of report/words/hot-spots.ts with its values. */
  hotSpots: z.array(warningSchema),
  warnings: z.array(warningSchema),
});
export type OperatorProfile = z.infer<typeof operatorProfileSchema>;

const counterSchema = z.object({
  /** `task-clock`, `cycles`, `instructions`, `cache-misses`, `context-switches-voluntary`, … */
  id: z.string(),
  unit: z.string(),
  /** Over the measured stage; null: `reason` says why not. With a total, `reason` says what it leaves out (`user-space`). */
  total: z.number().nullable(),
  /** Of the kernel's multiplexing: the share of the time that the counter ran; 1 where it is always on. */
  running: z.number().nullable(),
  reason: z.string().nullable(),
});
export type Counter = z.infer<typeof counterSchema>;

/** What the system counted for the whole worker process over the measured stage of the profiling pass. */
export const countersSchema = z.object({
  steps: z.int(),
  /** ms by the wall, everything between two steps included. */
  elapsed: z.number(),
  counters: z.array(counterSchema),
  /** Processor time by thread in ms, the longest first; id 0: threads that ended meanwhile. Empty where the system does not tell. */
  threads: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      time: z.number(),
      voluntarySwitches: z.int(),
      involuntarySwitches: z.int(),
    }),
  ),
  /** Of the processor package, of everything that runs on it. */
  energy: z.object({
    domains: z.array(z.object({ name: z.string(), joules: z.number() })),
    reason: z.string().nullable(),
  }),
});
export type Counters = z.infer<typeof countersSchema>;

export const profileSchema = z.object({
  /** The case of this document whose timing pass it belongs to; null for a command. */
  caseId: z.string().nullable(),
  /** Program and arguments that were traced; null for a force field of ours. */
  command: z.array(z.string()).nullable(),
  failure: failureSchema.nullable(),
  phases: phaseTableSchema.nullable(),
  spikes: spikesSchema.nullable(),
  operators: operatorProfileSchema.nullable(),
  counters: countersSchema.nullable(),
  cuda: cudaProfileSchema.nullable(),
  /** The timeline that was written: its file name, and how many steps of the pass are in it. */
  trace: z.object({ file: z.string(), steps: z.int(), of: z.int() }).nullable(),
  warnings: z.array(warningSchema),
});
export type Profile = z.infer<typeof profileSchema>;
