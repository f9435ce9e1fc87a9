// How far the conserved quantity scatters about its own trend: rms in meV/atom, over all measured steps.

import type { Samples } from '../result/samples.js';
import { leastSquares } from '../stats/index.js';
import { conservedSeries, fewestSteps } from './conserved.js';
import {
  type Finding,
  hasBath,
  type MetricContext,
  type MetricDefinition,
  notMeasured,
  warning,
} from './metric.js';
import { pooled } from './pooled.js';

export const energyFluctuation: MetricDefinition = {
  id: 'energy-fluctuation',
  title: 'Energy fluctuation',
  unit: 'meV/atom',
  better: 'lower',
  kind: 'noisy',
  applies: (result) => !hasBath(result),
  compute: fluctuationOf,
};

export const conservedFluctuation: MetricDefinition = {
  id: 'conserved-fluctuation',
  title: 'Fluctuation of the conserved quantity',
  unit: 'meV/atom',
  better: 'lower',
  kind: 'noisy',
  applies: hasBath,
  compute: fluctuationOf,
};

function fluctuationOf(samples: readonly Samples[], context: MetricContext): Finding {
  const parts = conservedSeries(samples, context).map(({ series }) => squaredResiduals(series));
  if (parts.length === 0) {
    const steps = Math.max(0, ...samples.map(({ columns }) => columns.conserved.length));
    return notMeasured(warning('too-few-steps', { steps, needed: fewestSteps }));
  }
  const square = pooled(parts, 'mean', context.seed, 'log');
  const root = (value: number) => Math.sqrt(Math.max(value, 0));
  return {
    value: root(square.value),
    low: root(square.low),
    high: root(square.high),
    n: square.n,
    warnings: square.warnings,
  };
}

/** Scaled by n/(n − 2) for the two parameters of the line. */
function squaredResiduals(series: Float64Array): Float64Array {
  const line = leastSquares(
    series.map((_, i) => i),
    series,
  );
  const scale = series.length / (series.length - 2);
  return series.map((value, i) => scale * (value - line.intercept - line.slope * i) ** 2);
}
