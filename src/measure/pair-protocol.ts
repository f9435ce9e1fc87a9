// What the parent of a paired campaign and its workers say to each other: one JSON object a line on stdin and stdout.
// benchmarks/worker-protocol.md is the same for people who write a worker of their own. Times in ms, sizes in bytes.

import { z } from 'zod';

export const protocolVersion = 1;

const time = z.number().nonnegative();
const count = z.int().positive();

export const pairRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prepare'), seed: z.int().nonnegative() }),
  z.object({ type: z.literal('warm-up'), least: time, most: time }),
  z.object({ type: z.literal('session') }),
  z.object({ type: z.literal('segment'), steps: count }),
  z.object({ type: z.literal('end') }),
]);
export type PairRequest = z.infer<typeof pairRequest>;

export const pairReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), protocol: z.int() }),
  z.object({
    type: z.literal('prepared'),
    /** What is run, flat; keys that differ between two arms are named. */
    workload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    cold: z
      .object({
        sessionCreate: time.nullable().default(null),
        firstCall: time.nullable().default(null),
        /** The calls after the first one, at most nine. */
        earlyCalls: z.array(time).default([]),
      })
      .default({ sessionCreate: null, firstCall: null, earlyCalls: [] }),
  }),
  z.object({
    type: z.literal('warmed'),
    steps: z.int().nonnegative(),
    elapsed: time,
    settled: z.boolean(),
    /** Median of the last steps. */
    stepTime: z.number().positive(),
  }),
  z.object({ type: z.literal('session') }),
  z.object({ type: z.literal('unsupported') }),
  z.object({
    type: z.literal('segment'),
    steps: count,
    /** Of all steps together, with what lies between them. */
    elapsed: time,
    /** Every metric is a time, lower is better; `step-time-p50` is what speed is judged by. */
    metrics: z.record(z.string(), z.number().positive()),
    /** Sums over the segment; empty where the worker does not tell. */
    phases: z.record(z.string(), time).default({}),
    /** Medians of the step time in five equal parts, one after another; empty where the worker does not tell. */
    parts: z.union([z.array(time).length(5), z.array(time).length(0)]).default([]),
  }),
  z.object({ type: z.literal('ended'), peakRss: z.number().nonnegative().nullable().default(null) }),
  z.object({
    type: z.literal('failed'),
    /** An error code of mdbench, `nan-energy`, `explosion`, `protocol`, or a worker's own word. */
    code: z.string().min(1),
    message: z.string(),
    hint: z.string().nullable().default(null),
  }),
]);
/** A reply as it is read: everything that a worker may leave out has its default. */
export type PairReply = z.output<typeof pairReply>;
