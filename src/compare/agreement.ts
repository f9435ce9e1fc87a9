// Whether two trajectories show the same: differences of curves and of mean temperatures, against what two runs of the
// baseline would differ by. Two halves of a run have twice the variance of two whole runs each, so that their
// difference is √2 times too large: it is divided by that.

import type { Curve, Examination, Observables } from '../result/examination.js';
import type { Agreement } from '../result/judgement.js';

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
      0,
    ),
    ...ofCurves('spectrum', null, baseline.spectrum, candidate.spectrum, 0),
    ofTemperatures(baseline, candidate, atoms),
  ];
}

/**
 * ∫|g₁ − g₂| of a normal peak whose variance grows with the temperature, for a relative change of temperature of 1, over
 * ∫g: 2 φ(1). Two runs whose temperatures differ are allowed this much; the temperature itself is judged by its own.
 */
const broadening = 0.484;

/** ∫|b − c| / ∫|b| over the common range, dimensionless: 0 the same, 2 disjoint. Nothing for unlike abscissas. */
function ofCurves(
  quantity: Agreement['quantity'],
  pair: string | null,
  baseline: Curve,
  candidate: Curve,
  expected: number,
): Agreement[] {
  const size = sumOf(baseline.whole.map(Math.abs));
  const alike =
    baseline.width === candidate.width &&
    baseline.start === candidate.start &&
    baseline.whole.length === candidate.whole.length;
  if (!alike || !(size > 0)) return [];
  const difference = distance(baseline.whole, candidate.whole) / size;
  const scatter = distance(...baseline.halves) / size / Math.SQRT2;
  const noise = scatter + expected;
  return [{ quantity, pair, difference, noise, unit: '', state: stateOf(difference, noise) }];
}

/**
 * Of NVE runs that start from a thermostat, the total energies scatter as those of the canonical ensemble: the mean
 * temperature of a harmonic solid by T/√(3N) from run to run, which the halves of one run cannot show.
 */
function ofTemperatures(baseline: Observables, candidate: Observables, atoms: number | null): Agreement {
  const difference = Math.abs(candidate.temperature.mean - baseline.temperature.mean);
  const [first, second] = baseline.temperature.halves;
  const within = Math.abs(first - second) / Math.SQRT2;
  const between = atoms ? (Math.SQRT2 * baseline.temperature.mean) / Math.sqrt(3 * atoms) : 0;
  const noise = Math.hypot(within, between);
  return {
    quantity: 'temperature',
    pair: null,
    difference,
    noise,
    unit: 'K',
    state: stateOf(difference, noise),
  };
}

function stateOf(difference: number, noise: number): Agreement['state'] {
  if (difference === 0) return 'agrees';
  if (!(noise > 0)) return 'unclear';
  if (difference <= agreesUpTo * noise) return 'agrees';
  return difference >= differsFrom * noise ? 'differs' : 'unclear';
}

function distance(first: readonly number[], second: readonly number[]): number {
  return sumOf(first.map((value, k) => Math.abs(value - second[k])));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
