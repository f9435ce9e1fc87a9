// What is concluded from campaigns and examinations: numbers with intervals, gates with states. Made by compare/.

import { z } from 'zod';

/** A number with its 95 % interval; null bounds: there is none. */
const estimateSchema = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unit: z.string(),
  /** Independent units behind it: process pairs, frames, sizes. */
  n: z.number(),
});
export type Estimate = z.infer<typeof estimateSchema>;

const ratioSchema = z.object({
  /** `force-call-p50`, `step-time-p50`, `step-time-mean` */
  metric: z.string(),
  /** baseline time / candidate time: above 1, the candidate is faster. */
  speedUp: estimateSchema,
  /** Medians over all segments, in the metric's unit. */
  baseline: z.number(),
  candidate: z.number(),
  /** log(candidate / baseline) of every pair, in order. */
  pairEffects: z.array(z.number()),
});
export type Ratio = z.infer<typeof ratioSchema>;

/** Shares of the whole step, summing to 1. */
const sharesSchema = z.object({
  forces: z.number(),
  neighbors: z.number(),
  integrate: z.number(),
  other: z.number(),
});

const accuracySchema = z.object({
  source: z.enum(['baseline', 'candidate']),
  /** By element, then `all`; eV/Å, degrees. */
  forces: z.array(
    z.object({
      element: z.string(),
      rmse: estimateSchema,
      mae: estimateSchema,
      largest: z.number(),
      cosine: estimateSchema,
      angle: estimateSchema,
      /** Root mean square of the baseline's own components. */
      size: z.number(),
    }),
  ),
  /** meV/atom: RMSE after removal of the constant offset, and that offset (candidate − baseline). */
  energy: z.object({ rmse: estimateSchema, offset: z.number() }),
  /** Worst frames first. */
  worst: z.array(z.object({ step: z.int(), atom: z.int(), error: z.number() })),
});
export type Accuracy = z.infer<typeof accuracySchema>;

/** Difference of two curves or two means. */
const agreementSchema = z.object({
  quantity: z.enum(['radial-distribution', 'velocity-autocorrelation', 'spectrum', 'temperature']),
  pair: z.string().nullable(),
  difference: z.number(),
  /** Of the baseline's own run: its two halves differ by √2 times that. */
  noise: z.number(),
  /** What two runs of the baseline from different starts differ by; null: unknown. */
  startNoise: z.number().nullable(),
  unit: z.string(),
  /** agrees: within twice the noise. differs: three times the noise and that of a start together. */
  state: z.enum(['agrees', 'differs', 'unclear']),
});
export type Agreement = z.infer<typeof agreementSchema>;

/** One candidate against the baseline on one system. */
const comparisonSchema = z.object({
  /** The system, as in campaigns and examinations. */
  id: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  /** Cases of the document that belong to it, where they were run. */
  cases: z.object({ baseline: z.string().nullable(), candidate: z.string().nullable() }),
  atoms: z.int().nullable(),
  ratios: z.array(ratioSchema),
  shares: z.object({ baseline: sharesSchema.nullable(), candidate: sharesSchema.nullable() }),
  accuracy: z.array(accuracySchema),
  agreement: z.array(agreementSchema),
  warnings: z.array(
    z.object({
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
    }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** t(N) = a + b·N of one force field over the systems, in ms and ms/atom. */
const costModelSchema = z.object({
  label: z.string(),
  fixed: estimateSchema,
  perAtom: estimateSchema,
  points: z.array(z.object({ atoms: z.int(), time: z.number() })),
});
export type CostModel = z.infer<typeof costModelSchema>;

export const comparisonReportSchema = z.object({
  /** What differs on purpose: `force field`, or an axis like `threads`. */
  axis: z.string(),
  comparisons: z.array(comparisonSchema),
  costModels: z.array(costModelSchema),
  /** By candidate: atoms at which the models cross; null: they do not, and the candidate is always one. */
  crossovers: z.array(
    z.object({
      candidate: z.string(),
      atoms: z.number().nullable(),
      always: z.enum(['faster', 'slower']).nullable(),
      /** Which one the candidate is beyond that size. */
      beyond: z.enum(['faster', 'slower']).optional(),
      /** That size lies outside of those that were measured. */
      extrapolated: z.boolean().optional(),
    }),
  ),
});
export type ComparisonReport = z.infer<typeof comparisonReportSchema>;

const gateStates = ['passed', 'failed', 'skipped', 'inconclusive', 'error'] as const;
export type GateState = (typeof gateStates)[number];

const gateResultSchema = z.object({
  /** As written in the gate file. */
  pattern: z.string(),
  severity: z.enum(['error', 'warn']),
  /** `<force field>/<system>/<metric>`; null when the pattern matched nothing. */
  metric: z.string().nullable(),
  rule: z.enum(['maxRegression', 'max', 'min']),
  limit: z.number(),
  state: z.enum(gateStates),
  /** The judged number: a share of change for maxRegression, else in the metric's unit. */
  estimate: estimateSchema.nullable(),
  /** Smallest regression that could have been seen, as a share; for maxRegression. */
  detectable: z.number().nullable(),
  /** Why, as a code with values for report/words. */
  reason: z.object({
    code: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  }),
});
export type GateResult = z.infer<typeof gateResultSchema>;

export const checkSchema = z.object({
  mode: z.enum(['rerun', 'stored']),
  baseline: z.string(),
  candidate: z.string(),
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'error']),
  /** Marked, and never failing: a baseline of another machine or another day. */
  indicative: z.boolean(),
  onInconclusive: z.enum(['warn', 'fail']),
  gates: z.array(gateResultSchema),
  warnings: z.array(
    z.object({
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
    }),
  ),
});
export type CheckResult = z.infer<typeof checkSchema>;
