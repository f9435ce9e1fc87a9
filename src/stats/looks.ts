// When a campaign is looked at, and what it can see: the power of the one-sided t test at its last look.

import normalProbabilityBelow from '@stdlib/stats-base-dists-normal-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { DecisionRule } from './decision.js';

const mostLooks = 5;
const fewestPairs = 4;
const wantedPower = 0.95;

/** At most five looks, evenly from a third of the pairs to all of them; never before four pairs but at the end. */
export function lookSchedule(pairs: number): number[] {
  if (pairs <= fewestPairs) return [pairs];
  const first = Math.max(fewestPairs, Math.round(pairs / 3));
  const looks = Array.from({ length: mostLooks }, (_, k) =>
    Math.round(first + ((pairs - first) * k) / (mostLooks - 1)),
  );
  return [...new Set(looks)];
}

/**
 * Slowdown, as a share, that a look at `pairs` pairs fails with 95 % probability; infinite for fewer than two pairs.
 * @param spread standard deviation of pair effects (normal)
 */
export function smallestDetectable(spread: number, pairs: number, rule: DecisionRule): number {
  if (pairs < 2 || !Number.isFinite(spread)) return Number.POSITIVE_INFINITY;
  const error = spread / Math.sqrt(pairs);
  const bar = Math.log1p(rule.tolerance) / 2;
  if (error === 0) return Math.expm1(bar);
  const factor = tQuantile(1 - rule.alpha, pairs - 1);
  let below = 0;
  let above = 1;
  while (powerAt(above, error, bar, factor, pairs - 1) < wantedPower) above *= 2;
  for (let k = 0; k < 60; k++) {
    const middle = (below + above) / 2;
    if (powerAt(middle, error, bar, factor, pairs - 1) < wantedPower) below = middle;
    else above = middle;
  }
  return Math.expm1(above);
}

/**
 * P(mean > bar and mean > factor·error·u) for a mean about `effect`, over u = estimated/true error, whose square times
 * its degrees of freedom is χ² (the noncentral t of Johnson & Welch, Biometrika 31, 362 (1940), cut at the bar).
 */
function powerAt(effect: number, error: number, bar: number, factor: number, degrees: number): number {
  const steps = 400;
  const widest = 1 + 8 / Math.sqrt(degrees);
  let power = 0;
  let weights = 0;
  for (let k = 1; k < steps; k++) {
    const u = (widest * k) / steps;
    const weight = Math.exp((degrees - 1) * Math.log(u) - (degrees * (u * u - 1)) / 2);
    const needed = Math.max(bar, factor * error * u);
    power += weight * normalProbabilityBelow((effect - needed) / error, 0, 1);
    weights += weight;
  }
  return power / weights;
}
