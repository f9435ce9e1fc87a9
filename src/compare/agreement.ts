// Whether two trajectories show the same: differences of curves and of mean temperatures against the noise of two halves
// of the baseline's own run, over √2 (a half has twice the variance of a whole run), and against what another start would
// differ by, which no run shows of itself: run-to-run.ts.

import type { Curve, Examination, Observables } from '../result/examination.js';
import type { Agreement } from '../result/judgement.js';
import {
  autocorrelationScatter,
  distributionScatter,
  spectrumScatter,
  temperatureScatter,
} from './run-to-run.js';

/** Settings: times the noise up to which two runs agree; times noise and start together from which they differ. */
const agreesUpTo = 2;
const differsFrom = 3;

/** Without both trajectories nothing is said. */
export function agreementOf({ observables }: Examination, atoms: number | null): Agreement[] {
  const baseline = observables.find(({ arm }) => arm === 'baseline');
  const candidate = observables.find(({ arm }) => arm === 'candidate');
  if (!baseline || !candidate) return [];
  const widened = distributionScatter(baseline, candidate, atoms);
  return [
    ...baseline.radialDistribution.flatMap(({ pair, curve }) => {
      const other = candidate.radialDistribution.find((one) => one.pair === pair);
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
  startNoise: number | null,
): Agreement[] {
  const size = sumOf(baseline.whole.map(Math.abs));
  const alike =
    baseline.width === candidate.width &&
    baseline.start === candidate.start &&
    baseline.whole.length === candidate.whole.length;
  if (!alike || !(size > 0)) return [];
  const difference = distance(baseline.whole, candidate.whole) / size;
  const noise = distance(...baseline.halves) / size / Math.SQRT2;
  return [judged({ quantity, pair, difference, noise, startNoise, unit: '' })];
}

function ofTemperatures(baseline: Observables, candidate: Observables, atoms: number | null): Agreement {
  const [first, second] = baseline.temperature.halves;
  return judged({
    quantity: 'temperature',
    pair: null,
    difference: Math.abs(candidate.temperature.mean - baseline.temperature.mean),
    noise: Math.abs(first - second) / Math.SQRT2,
    startNoise: temperatureScatter(baseline, atoms),
    unit: 'K',
  });
}

/** Without any noise to judge by, or with an unknown one of another start, nothing can be said to differ. */
function judged(one: Omit<Agreement, 'state'>): Agreement {
  const { difference, noise, startNoise } = one;
  const explained = startNoise === null ? Number.POSITIVE_INFINITY : Math.hypot(noise, startNoise);
  if (difference <= agreesUpTo * noise) return { ...one, state: 'agrees' };
  return { ...one, state: explained > 0 && difference >= differsFrom * explained ? 'differs' : 'unclear' };
}

function distance(first: readonly number[], second: readonly number[]): number {
  return sumOf(first.map((value, k) => Math.abs(value - second[k])));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
