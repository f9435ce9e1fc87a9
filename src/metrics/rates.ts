// Speed of whole steps in steady state: steps a second, simulated time a day, atom-steps a second.

import type { CaseResult } from '../result/document.js';
import type { Samples } from '../result/samples.js';
import { type Finding, type MetricContext, type MetricDefinition, notMeasured, warning } from './metric.js';
import { pooled } from './pooled.js';
import { steadyParts, steadyWarnings } from './steady.js';

/** ns of simulated time a day, for 1 fs a step and one step a second. */
const nanosecondsPerDay = 86400 * 1e-6;

export const stepsPerSecond = rate('steps-per-second', 'Steps per second', '1/s', () => 1);
export const nsPerDay = rate(
  'ns-per-day',
  'Simulated per day',
  'ns/day',
  (result) => nanosecondsPerDay * result.dynamics.timestep,
);
export const atomStepsPerSecond = rate(
  'atom-steps-per-second',
  'Atom steps per second',
  '1/s',
  (result) => result.system?.atoms ?? Number.NaN,
);

function rate(
  id: string,
  title: string,
  unit: string,
  factor: (result: CaseResult) => number,
): MetricDefinition {
  return {
    id,
    title,
    unit,
    better: 'higher',
    kind: 'noisy',
    region: 'whole step',
    compute: (samples, context) => rateOf(samples, context, factor(context.result)),
  };
}

function rateOf(samples: readonly Samples[], context: MetricContext, factor: number): Finding {
  const parts = steadyParts(samples, 'stepTime', context);
  if (parts.length === 0) return notMeasured(warning('no-samples'));
  const step = pooled(parts, 'mean', context.seed, 'log');
  const perSecond = (milliseconds: number) =>
    milliseconds > 0 ? (factor * 1000) / milliseconds : Number.NaN;
  return {
    value: perSecond(step.value),
    low: perSecond(step.high),
    high: perSecond(step.low),
    n: step.n,
    warnings: [...step.warnings, ...steadyWarnings(samples, context)],
  };
}
