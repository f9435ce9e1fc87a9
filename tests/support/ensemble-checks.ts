// Whether a trajectory samples the ensemble that it was asked for, after Merz & Shirts, PLOS ONE 13, e0202764 (2018): the
// kinetic energy against its gamma distribution, and ratios of distributions at two states, whose logarithm is a line.

import { effectiveSamples, mean } from '../../src/stats/index.js';
import { boltzmann } from '../../src/system/index.js';

/** Every k-th of a series, so that what is left is about independent. */
export function independent(series: readonly number[]): number[] {
  const every = Math.max(1, Math.ceil(series.length / effectiveSamples(series)));
  return series.filter((_, i) => i % every === 0);
}

/**
 * The chance that independent kinetic energies (eV) of so many degrees of freedom are of this temperature (K): the larger
 * deviation of the Kolmogorov-Smirnov test against Gamma(f/2, k_B T), by the limiting distribution.
 */
export function kineticEnergyChance(
  energies: readonly number[],
  freedom: number,
  temperature: number,
): number {
  const shape = freedom / 2;
  return gammaChance(energies, shape, boltzmann * temperature);
}

/** The same test of positive numbers against a gamma distribution of whole or half-whole shape. */
export function gammaChance(values: readonly number[], shape: number, scale: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const n = ordered.length;
  const distance = ordered.reduce((worst, value, i) => {
    const share = lowerGamma(shape, value / scale);
    return Math.max(worst, share - i / n, (i + 1) / n - share);
  }, 0);
  return kolmogorovChance((Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance);
}

/**
 * ln(p₂(x)/p₁(x)) = a + b x by maximum likelihood (a logistic regression of which state a sample is from).
 * @returns the slope b and its standard error from the Fisher information, in 1/unit of x
 */
export function logRatioSlope(first: readonly number[], second: readonly number[]) {
  const all = [...first.map((x) => ({ x, y: 0 })), ...second.map((x) => ({ x, y: 1 }))];
  const center = mean(all.map(({ x }) => x));
  let [a, b] = [Math.log(second.length / first.length), 0];
  let [saa, sab, sbb] = [0, 0, 0];
  for (let round = 0; round < 60; round++) {
    let [ga, gb] = [0, 0];
    [saa, sab, sbb] = [0, 0, 0];
    for (const { x, y } of all) {
      const chance = 1 / (1 + Math.exp(-a - b * (x - center)));
      const weight = chance * (1 - chance);
      ga += y - chance;
      gb += (y - chance) * (x - center);
      saa += weight;
      sab += weight * (x - center);
      sbb += weight * (x - center) ** 2;
    }
    const determinant = saa * sbb - sab * sab;
    a += (sbb * ga - sab * gb) / determinant;
    b += (saa * gb - sab * ga) / determinant;
  }
  return { slope: b, error: Math.sqrt(saa / (saa * sbb - sab * sab)) };
}

/** Regularised lower incomplete gamma function P(a, x): series below a + 1, Lentz's continued fraction above. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; n < 1000 && term > 1e-16 * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1000; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return 1 - front * fraction;
}

/** ln Γ of whole and half-whole numbers, by the recurrence. */
function logGamma(a: number): number {
  let [at, sum] = [a % 1 === 0 ? 1 : 0.5, a % 1 === 0 ? 0 : 0.5 * Math.log(Math.PI)];
  for (; at < a; at++) sum += Math.log(at);
  return sum;
}

function kolmogorovChance(scaled: number): number {
  if (scaled < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * scaled * scaled);
  return Math.min(1, Math.max(0, sum));
}
