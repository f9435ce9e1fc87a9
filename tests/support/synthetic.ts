// Seeded series of known truth: white, AR(1) with a known autocorrelation time, oscillating, random walk.

import { createRandom } from '../../src/random.js';

export function whiteNoise(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random.normal());
}

/** Unit variance, τ = (1 + φ)/(1 − φ); stationary from the first sample. */
export function autoregressive(n: number, time: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const phi = (time - 1) / (time + 1);
  const kick = Math.sqrt(1 - phi * phi);
  let x = random.normal();
  return Float64Array.from({ length: n }, () => {
    x = phi * x + kick * random.normal();
    return x;
  });
}

/** Two incommensurate oscillations of random phase and a little correlated noise, about unit variance: like NVE. */
export function oscillating(n: number, period: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const phases = [random.uniform(), random.uniform()].map((u) => 2 * Math.PI * u);
  const noise = autoregressive(n, 30, seed + 1);
  return noise.map(
    (x, i) =>
      0.1 * x +
      Math.cos((2 * Math.PI * i) / period + phases[0]) +
      Math.cos((2 * Math.PI * i * 1.37) / period + phases[1]),
  );
}

export function randomWalk(n: number, seed: number): Float64Array {
  let sum = 0;
  return whiteNoise(n, seed).map((kick) => {
    sum += kick;
    return sum;
  });
}

/** Share of `repeats` seeds whose interval holds the truth. */
export function coverage(
  truth: number,
  repeats: number,
  intervalOf: (seed: number) => { low: number; high: number },
): number {
  let covered = 0;
  for (let k = 0; k < repeats; k++) {
    const { low, high } = intervalOf(1000 + 7 * k);
    if (low <= truth && truth <= high) covered++;
  }
  return covered / repeats;
}
