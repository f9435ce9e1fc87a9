// Drift of the conserved quantity in meV/atom/ps, and as heating in K/ps (drift / 3 k_B: the kinetic share of harmonic
// atoms). Several seeds: mean of least-squares slopes, Student's t. One: window means, conservative. In NVE the quantity
// is the energy; where baths take and give, it is the energy less what they gave, and its drift heats nothing.

import type { Verdict, Warning } from '../result/document.js';
import type { Samples } from '../result/samples.js';
import { type Interval, leastSquares, tInterval, windowTrend } from '../stats/index.js';
import { type ConservedSeries, conservedSeries, fewestSteps } from './conserved.js';
import { driftVerdict } from './drift-verdict.js';
import {
  exactly,
  type Finding,
  hasBath,
  type MetricContext,
  type MetricDefinition,
  notMeasured,
  warning,
} from './metric.js';

/** meV/K, CODATA 2018. */
const boltzmann = 8.617333262e-2;
const seedsWanted = 8;

export const energyDrift: MetricDefinition = {
  id: 'energy-drift',
  title: 'Energy drift',
  unit: 'meV/atom/ps',
  better: 'none',
  kind: 'noisy',
  applies: (result) => !hasBath(result),
  compute: driftOf,
};

/** The same bands: GROMACS sizes its buffers by them in every ensemble. */
export const conservedDrift: MetricDefinition = {
  id: 'conserved-drift',
  title: 'Drift of the conserved quantity',
  unit: 'meV/atom/ps',
  better: 'none',
  kind: 'noisy',
  applies: hasBath,
  compute: (samples, context) => {
    const { also: _, verdict, ...finding } = driftOf(samples, context);
    return verdict === undefined ? finding : { ...finding, verdict: withoutFailure(verdict) };
  },
};

/** What a bath hides cannot fail a force field. */
function withoutFailure(verdict: Verdict): Verdict {
  return verdict.state === 'fail' ? { ...verdict, state: 'warn' } : verdict;
}

function driftOf(samples: readonly Samples[], context: MetricContext): Finding {
  const series = conservedSeries(samples, context);
  if (series.length === 0) {
    const steps = Math.max(0, ...samples.map(({ columns }) => columns.conserved.length));
    return notMeasured(warning('too-few-steps', { steps, needed: fewestSteps }));
  }
  if (series.every(isConstant)) return exactly(0, series.length, [warning('energy-constant')]);
  const drift = series.length === 1 ? driftOfOne(series[0]) : tInterval(series.map(slopeOf));
  const steps = Math.min(...series.map((one) => one.series.length));
  const failed = context.result.status === 'failed';
  return {
    ...drift,
    n: series.length,
    also: { value: drift.value / (3 * boltzmann), unit: 'K/ps' },
    verdict: driftVerdict(drift, steps, failed),
    warnings: driftWarnings(series.length, samples.length, failed),
  };
}

/** The same bits in every step: without forces, or with nothing that moves. Rounding alone would show otherwise. */
function isConstant({ series }: ConservedSeries): boolean {
  return series.every((energy) => energy === 0);
}

function driftOfOne({ series, interval }: ConservedSeries): Interval {
  const { value, low, high } = windowTrend(series);
  return { value: value / interval, low: low / interval, high: high / interval };
}

function slopeOf({ series, interval }: ConservedSeries): number {
  const times = series.map((_, i) => i * interval);
  return leastSquares(times, series).slope;
}

function driftWarnings(seeds: number, recorded: number, failed: boolean): Warning[] {
  return [
    ...(failed ? [warning('incomplete-run')] : []),
    ...(seeds === 1 ? [warning('single-trajectory', { seeds, needed: seedsWanted })] : []),
    ...(seeds > 1 && seeds < seedsWanted ? [warning('few-seeds', { seeds, needed: seedsWanted })] : []),
    ...(seeds < recorded ? [warning('trajectories-left-out', { left: recorded - seeds, of: recorded })] : []),
  ];
}
