// How often a trajectory is looked at: fine enough for the fastest vibrations, and bounded for large systems.

import { describe, expect, it } from 'vitest';
import { planSampling } from '../../src/observables/index.js';
import { buildSystem, createSystem, repeatSystem } from '../../src/system/index.js';

describe('the sampling plan', () => {
  const silicon = buildSystem('si64');

  it.each([0.25, 0.5, 1, 2, 4])('resolves 125 THz at a timestep of %d fs', (timestep) => {
    const { every } = planSampling(silicon, 5000, timestep);
    expect(every.velocities * timestep).toBe(4);
  });

  it('samples every step where the timestep is longer than that', () => {
    expect(planSampling(silicon, 5000, 5).every.velocities).toBe(1);
  });

  it.each([1, 2, 3, 20, 100, 1000, 5000, 1_000_000])('fits a trajectory of %d steps', (steps) => {
    const { every, lags } = planSampling(silicon, steps, 1);
    expect(every.positions).toBeLessThanOrEqual(Math.max(1, steps / 10));
    expect(Math.floor(steps / every.positions)).toBeLessThanOrEqual(400);
    expect(lags).toBeLessThanOrEqual(Math.max(1, steps / every.velocities / 3));
    expect(lags).toBeGreaterThanOrEqual(1);
  });

  it('has 10 Å, and less only where a list would not fit into memory', () => {
    expect(planSampling(silicon, 1000, 1).cutoff).toBe(10);
    const large = repeatSystem(buildSystem('si1000'), [5, 5, 4]);
    const { cutoff, every } = planSampling(large, 1000, 1);
    expect([large.numbers.length, cutoff, every.positions]).toEqual([100_000, 7, 38]);
    const atoms = 3000;
    const cluster = createSystem({
      name: 'chain',
      numbers: new Array(atoms).fill(18),
      positions: Array.from({ length: 3 * atoms }, (_, k) => (k % 3 === 0 ? 1.3 * k : 0)),
    });
    expect(planSampling(cluster, 1000, 1).cutoff).toBe(10);
  });
});
