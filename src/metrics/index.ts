// The catalogue of metrics: from the samples of a case to named numbers.

import type { CaseResult, Metric } from '../result/document.js';
import type { Samples } from '../result/samples.js';
import { firstCallTime, sessionCreateTime } from './cold.js';
import { conservedDrift, energyDrift } from './drift.js';
import { conservedFluctuation, energyFluctuation } from './fluctuation.js';
import { forceCalls, stepTimes } from './latencies.js';
import { heapSlope, peakRss, rssSlope } from './memory.js';
import type { Finding, MetricContext, MetricDefinition, MetricInfo } from './metric.js';
import { momentumMax } from './momentum.js';
import { dangerousBuilds, neighborRebuilds } from './neighbor-counts.js';
import { phaseShares } from './phases.js';
import { densityMean, pressureMean, volumeMean } from './pressure.js';
import { atomStepsPerSecond, nsPerDay, stepsPerSecond } from './rates.js';
import { steadyStates } from './steady.js';
import { temperatureMean } from './temperature.js';

export { externalNotes } from './external.js';
export type { MetricInfo } from './metric.js';

const definitions: readonly MetricDefinition[] = [
  stepsPerSecond,
  nsPerDay,
  atomStepsPerSecond,
  ...stepTimes,
  ...forceCalls,
  sessionCreateTime,
  firstCallTime,
  ...phaseShares,
  neighborRebuilds,
  dangerousBuilds,
  energyDrift,
  energyFluctuation,
  conservedDrift,
  conservedFluctuation,
  temperatureMean,
  pressureMean,
  volumeMean,
  densityMean,
  momentumMax,
  peakRss,
  rssSlope,
  heapSlope,
];

/** Every metric, in the order in which it is shown. */
export const metrics: readonly MetricInfo[] = definitions;

export function metricInfo(id: string): MetricInfo | undefined {
  return metrics.find((metric) => metric.id === id);
}

/**
 * All metrics that a case has in its ensemble. Never throws on a short, failed or empty recording: what cannot be measured is null with
 * a warning that says why.
 * @param samples of the case's trajectories, in order; those without a step are allowed
 */
export function computeMetrics(result: CaseResult, samples: readonly Samples[]): Record<string, Metric> {
  const context: MetricContext = { result, steady: steadyStates(samples), seed: result.dynamics.seed };
  return Object.fromEntries(
    definitions
      .filter(({ applies }) => applies?.(result, samples) ?? true)
      .map((definition) => [definition.id, asMetric(definition, definition.compute(samples, context))]),
  );
}

function asMetric({ unit, region }: MetricDefinition, finding: Finding): Metric {
  const { value, low, high, n, also, verdict, warnings } = finding;
  const bounded = [value, low, high].every(Number.isFinite);
  const unexplained = !Number.isFinite(value) && warnings.length === 0;
  return {
    value: Number.isFinite(value) ? value : null,
    unit,
    low: bounded ? low : null,
    high: bounded ? high : null,
    n,
    ...(region === undefined ? {} : { region }),
    ...(also && Number.isFinite(also.value) ? { also } : {}),
    ...(verdict === undefined ? {} : { verdict }),
    warnings: [...warnings, ...(unexplained ? [{ code: 'not-finite', values: {} }] : [])],
  };
}
