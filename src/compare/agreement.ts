// Whether two trajectories show the same: differences of curves and of mean temperatures, against what two runs of the
// baseline would differ by. Two halves of a run have twice the variance of two whole runs each, so that their
// difference is √2 times too large: it is divided by that. run-to-run.ts adds what a run cannot show of itself.

import type { Curve, Examination, Observables } from '../result/examination.js';
import type { Agreement } from '../result/judgement.js';
import { autocorrelationScatter, broadening, spectrumScatter, temperatureScatter } from './run-to-run.js';

/** Difference over noise up to which two runs agree, and from which they differ; between: unclear. Settings. */
const agreesUpTo = 2;
const differsFrom = 3;

/** Without both trajectories nothing is said. */
export function agreementOf({ observables }: Examination, atoms: number | null): Agreement[] {
  const baseline = observables.find(({ arm }) => arm === 'baseline');
  const candidate = observables.find(({ arm }) => arm === 'candidate');
  if (!baseline || !candidate) return [];
  const warmth = (candidate.temperature.mean - baseline.temperature.mean) / baseline.temperature.mean;
  return [
    ...baseline.radialDistribution.flatMap(({ pair, curve }) => {
      const other = candidate.radialDistribution.find((one) => one.pair === pair);
      const widened = broadening * Math.abs(warmth);
      return other ? ofCurves('radial-distribution', pair, curve, other.curve, widened) : [];
    }),
    ...ofCurves(
      'velocity-autocorrelation',
      null,
      baseline.velocityAutocorrelation,
      candidate.velocityAutocorrelation,
      autocorrelationScatter(baseline, atoms),
    ),
    ...ofCurves('spectrum', null, baseline.spectrum, candidate.spectrum, spectrumScatter(baseline, atoms)),
    ofTemperatures(baseline, candidate, atoms),
  ];
}

/** ∫|b − c| / ∫|b| over the common range, dimensionless: 0 the same, 2 disjoint. Nothing for unlike abscissas. */
function ofCurves(
  quantity: Agreement['quantity'],
  pair: string | null,
  baseline: Curve,
  candidate: Curve,
  runToRun: number | null,
): Agreement[] {
  const size = sumOf(baseline.whole.map(Math.abs));
  const alike =
    baseline.width === candidate.width &&
    baseline.start === candidate.start &&
    baseline.whole.length === candidate.whole.length;
  if (!alike || !(size > 0)) return [];
  const difference = distance(baseline.whole, candidate.whole) / size;
  const scatter = distance(...baseline.halves) / size / Math.SQRT2;
  const noise = Math.hypot(scatter, runToRun ?? 0);
  return [{ quantity, pair, difference, noise, unit: '', state: stateOf(difference, noise, runToRun) }];
}

function ofTemperatures(baseline: Observables, candidate: Observables, atoms: number | null): Agreement {
  const difference = Math.abs(candidate.temperature.mean - baseline.temperature.mean);
  const [first, second] = baseline.temperature.halves;
  const within = Math.abs(first - second) / Math.SQRT2;
  const between = temperatureScatter(baseline, atoms);
  const noise = Math.hypot(within, between ?? 0);
  return {
    quantity: 'temperature',
    pair: null,
    difference,
    noise,
    unit: 'K',
    state: stateOf(difference, noise, between),
  };
}

/** @param runToRun null: unknown, so that nothing can be said to differ */
function stateOf(difference: number, noise: number, runToRun: number | null): Agreement['state'] {
  if (difference === 0) return 'agrees';
  if (!(noise > 0)) return 'unclear';
  if (difference <= agreesUpTo * noise) return 'agrees';
  return runToRun !== null && difference >= differsFrom * noise ? 'differs' : 'unclear';
}

function distance(first: readonly number[], second: readonly number[]): number {
  return sumOf(first.map((value, k) => Math.abs(value - second[k])));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
