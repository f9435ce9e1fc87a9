import { describe, expect, it } from 'vitest';
import { leastSquares, tInterval, windowTrend } from '../../src/stats/index.js';
import { autoregressive, coverage, oscillating, randomWalk, whiteNoise } from '../support/synthetic.js';

const steps = 1000;
const slope = 0.0013;
const ramp = (noise: Float64Array) => noise.map((x, i) => x + slope * i);

type Noise = (seed: number) => Float64Array;
const noises: [string, Noise][] = [
  ['white', (seed) => whiteNoise(steps, seed)],
  ['AR(1), τ = 10', (seed) => autoregressive(steps, 10, seed)],
  ['AR(1), τ = 50', (seed) => autoregressive(steps, 50, seed)],
  ['AR(1), τ = 200', (seed) => autoregressive(steps, 200, seed)],
  ['oscillating, period 50', (seed) => oscillating(steps, 50, seed)],
  ['oscillating, period 300', (seed) => oscillating(steps, 300, seed)],
  ['a random walk', (seed) => randomWalk(steps, seed)],
];

describe('the slope of one series', () => {
  it.each(noises)('is covered in %s', (_, noise) => {
    expect(coverage(slope, 300, (seed) => windowTrend(ramp(noise(seed))))).toBeGreaterThan(0.92);
  });

  it('is not far wider than it must be in white noise', () => {
    const { low, high } = windowTrend(whiteNoise(steps, 3));
    const ideal = 2 * 1.96 * Math.sqrt(12 / steps ** 3);
    expect((high - low) / ideal).toBeLessThan(3);
  });

  it('comes back exactly from a line', () => {
    const line = Float64Array.from({ length: 200 }, (_, i) => 5 - 0.25 * i);
    expect(windowTrend(line).value).toBeCloseTo(-0.25, 12);
  });

  it('does not exist for fewer than 20 samples', () => {
    expect(windowTrend(whiteNoise(19, 1)).value).toBeNaN();
    expect(windowTrend(whiteNoise(20, 1)).value).not.toBeNaN();
  });
});

describe('the mean slope of several series', () => {
  it.each(noises)('is covered by t over 8 of them in %s', (_, noise) => {
    const times = Float64Array.from({ length: steps }, (_, i) => i);
    const covered = coverage(slope, 250, (seed) =>
      tInterval(
        Array.from({ length: 8 }, (_, k) => leastSquares(times, ramp(noise(31 * seed + 7919 * k))).slope),
      ),
    );
    expect(covered).toBeGreaterThan(0.915);
    expect(covered).toBeLessThan(0.98);
  });
});
