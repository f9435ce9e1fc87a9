// Percentiles of the times of whole steps and of force calls, in ms, from the steady part; samples pooled raw.

import type { Warning } from '../result/document.js';
import type { Samples } from '../result/samples.js';
import { earlyStoppingSamples, mean, sorted, sortedQuantile, standardDeviation } from '../stats/index.js';
import { type Finding, type MetricContext, type MetricDefinition, notMeasured, warning } from './metric.js';
import { concatenated, pooled } from './pooled.js';
import { steadyParts, steadyWarnings } from './steady.js';

export const stepTimes = [0.5, 0.9, 0.99].map((p) =>
  latency('step-time', 'Step time', 'whole step', 'stepTime', p),
);
export const forceCalls = [0.5, 0.9, 0.99].map((p) =>
  latency('force-call', 'Force call', 'force call', 'forceCallTime', p),
);

type TimeColumn = 'stepTime' | 'forceCallTime';

function latency(id: string, title: string, region: string, column: TimeColumn, p: number): MetricDefinition {
  const name = `p${Math.round(100 * p)}`;
  return {
    id: `${id}-${name}`,
    title: `${title}, ${p === 0.5 ? 'median' : name}`,
    unit: 'ms',
    better: 'lower',
    kind: 'noisy',
    region,
    compute: (samples, context) => percentile(samples, context, column, p),
  };
}

function percentile(
  samples: readonly Samples[],
  context: MetricContext,
  column: TimeColumn,
  p: number,
): Finding {
  const parts = steadyParts(samples, column, context);
  if (parts.length === 0) return notMeasured(warning('no-samples'));
  const lists = steadyParts(samples, 'listTime', context);
  const time = pooled(parts, { quantile: p }, context.seed, 'log');
  const needed = earlyStoppingSamples(p);
  const effective = Number.isFinite(time.effective) ? Math.floor(time.effective) : 0;
  const enough = effective >= needed;
  return {
    value: time.value,
    low: enough ? time.low : Number.NaN,
    high: enough ? time.high : Number.NaN,
    n: time.n,
    warnings: [
      ...(enough
        ? time.warnings
        : [warning('percentile-needs-samples', { percentile: 100 * p, effective, needed })]),
      ...steadyWarnings(samples, context),
      ...(p === 0.5 ? spreadWarnings(concatenated(parts)) : []),
      ...(p === 0.5 ? unevenWarnings(parts, column === 'stepTime' ? lists : null) : []),
    ],
  };
}

/** Times that scatter more than their mean often hide a cache, or two kinds of call. */
function spreadWarnings(times: Float64Array): Warning[] {
  const average = mean(times);
  const deviation = standardDeviation(times);
  return deviation > average
    ? [warning('spread-exceeds-mean', { mean: average, standardDeviation: deviation })]
    : [];
}

const unevenFactor = 1.5;
const unevenShare = 0.05;

/**
 * A second level of times, mostly of a machine that does something else: 5 % or more beyond 1.5 times the median,
 * steps that are as long only by a neighbor list not counted. `share` in %.
 */
function unevenWarnings(parts: readonly Float64Array[], lists: readonly Float64Array[] | null): Warning[] {
  const times = sorted(concatenated(parts));
  const [p50, p90] = [0.5, 0.9].map((p) => sortedQuantile(times, p));
  const long = parts.map(
    (part, k) => part.filter((time, i) => time - (lists?.[k][i] ?? 0) > unevenFactor * p50).length,
  );
  const share = long.reduce((sum, count) => sum + count, 0) / times.length;
  return share >= unevenShare ? [warning('uneven-times', { p50, p90, share: 100 * share })] : [];
}
