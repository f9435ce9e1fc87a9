import { describe, expect, it } from 'vitest';
import { energyDrift } from '../../src/metrics/drift.js';
import { driftVerdict } from '../../src/metrics/drift-verdict.js';
import { computeMetrics } from '../../src/metrics/index.js';
import type { CaseResult, Metric } from '../../src/result/index.js';
import type { Samples } from '../../src/result/samples.js';
import { autoregressive, coverage, oscillating, whiteNoise } from '../support/synthetic.js';
import { syntheticCase, syntheticSamples } from '../support/synthetic-case.js';

const atoms = 64;

/** Total energy in eV of 64 atoms at 1 fs a step: `drift` in meV/atom/ps, noise in meV/atom. */
function energies(noise: Float64Array, drift: number): Samples {
  const conserved = noise.map((x, i) => -274.6 + (atoms / 1000) * (x + (drift * i) / 1000));
  return syntheticSamples({ columns: { conserved } });
}

function metricsOf(samples: readonly Samples[], change: Partial<CaseResult> = {}): Record<string, Metric> {
  return computeMetrics(syntheticCase(samples, change), samples);
}

function driftOf(samples: readonly Samples[]) {
  return energyDrift.compute(samples, { result: syntheticCase(samples), steady: [], seed: 1 });
}

const small = (steps: number, seed: number) => oscillating(steps, 60, seed).map((x) => 0.05 * x);
const codes = (metric: Metric) => metric.warnings.map(({ code }) => code);

describe('energy drift', () => {
  it('of a known slope comes back in meV/atom/ps and in K/ps', () => {
    const silent = new Float64Array(2000);
    for (const samples of [[energies(silent, 21.9)], [energies(silent, 21.9), energies(silent, 21.9)]]) {
      const drift = metricsOf(samples)['energy-drift'];
      expect(drift.value).toBeCloseTo(21.9, 6);
      expect(drift.unit).toBe('meV/atom/ps');
      expect(drift.also?.unit).toBe('K/ps');
      expect(drift.also?.value).toBeCloseTo(84.713, 2);
    }
  });

  it('follows the timestep: half the step is twice the slope', () => {
    const samples = [energies(new Float64Array(1000), 2)];
    const { dynamics } = syntheticCase(samples);
    const half = metricsOf(samples, { dynamics: { ...dynamics, timestep: 0.5 } })['energy-drift'];
    expect(half.value).toBeCloseTo(4, 6);
  });

  it('does not depend on the zero of the energy', () => {
    const near = energies(small(1000, 1), 0.3);
    const conserved = near.columns.conserved.map((energy) => energy + 1e5);
    const far = syntheticSamples({ columns: { conserved } });
    const [a, b] = [near, far].map((samples) => metricsOf([samples])['energy-drift'].value as number);
    expect(a).toBeCloseTo(b, 6);
  });

  it.each<[string, number, (seed: number) => Float64Array, number, number]>([
    ['1 trajectory, AR(1) τ = 20', 1, (seed) => autoregressive(600, 20, seed), 0.92, 1],
    ['1 trajectory, oscillating', 1, (seed) => small(600, seed), 0.92, 1],
    ['8 trajectories, AR(1) τ = 20', 8, (seed) => autoregressive(600, 20, seed), 0.91, 0.985],
    ['2 trajectories, oscillating', 2, (seed) => small(600, seed), 0.91, 0.985],
  ])('covers the truth: %s', (_, seeds, noise, least, most) => {
    const covered = coverage(0.4, 200, (seed) => {
      const samples = Array.from({ length: seeds }, (_, k) => energies(noise(seed * 101 + 7919 * k), 0.4));
      return driftOf(samples);
    });
    expect(covered).toBeGreaterThan(least);
    expect(covered).toBeLessThanOrEqual(most);
  });

  it('says how the interval was made', () => {
    const of = (seeds: number) =>
      metricsOf(Array.from({ length: seeds }, (_, k) => energies(small(300, k), 0)))['energy-drift'];
    expect(of(1).warnings).toEqual([{ code: 'single-trajectory', values: { seeds: 1, needed: 8 } }]);
    expect(of(3).warnings).toEqual([{ code: 'few-seeds', values: { seeds: 3, needed: 8 } }]);
    expect(of(8).warnings).toEqual([]);
  });

  it('leaves out a trajectory that broke off early, and says so', () => {
    const drift = metricsOf([
      energies(small(300, 1), 0),
      energies(small(300, 2), 0),
      energies(small(100, 3), 0),
    ]);
    expect(drift['energy-drift'].n).toBe(2);
    expect(drift['energy-drift'].warnings).toContainEqual({
      code: 'trajectories-left-out',
      values: { left: 1, of: 3 },
    });
  });

  it('is not measured on fewer than 20 steps', () => {
    const drift = metricsOf([energies(small(19, 1), 0)])['energy-drift'];
    expect(drift).toMatchObject({ value: null, low: null, high: null });
    expect(drift.warnings).toEqual([{ code: 'too-few-steps', values: { steps: 19, needed: 20 } }]);
    expect(drift.verdict).toBeUndefined();
  });
});

describe('the verdict on a drift', () => {
  const state = (low: number, high: number, failed = false) =>
    driftVerdict({ value: (low + high) / 2, low, high }, 1000, failed).state;

  it.each([
    [-0.05, 0.05, 'pass'],
    [0.01, 0.04, 'pass'],
    [-0.02, 0.06, 'inconclusive'],
    [0.04, 0.5, 'inconclusive'],
    [0.06, 0.9, 'warn'],
    [-0.9, -0.06, 'warn'],
    [0.06, 1.2, 'inconclusive'],
    [-0.9, 0.9, 'inconclusive'],
    [1.1, 40, 'fail'],
    [-40, -1.1, 'fail'],
    [-40, 40, 'inconclusive'],
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 'inconclusive'],
  ] as const)('on [%d, %d] is %s', (low, high, expected) => {
    expect(state(low, high)).toBe(expected);
  });

  it('is never a pass of a run that failed, but may be a fail', () => {
    expect(state(-0.01, 0.01, true)).toBe('inconclusive');
    expect(state(2, 3, true)).toBe('fail');
    const samples = [energies(small(3000, 4), 0)];
    const drift = metricsOf(samples, { status: 'failed' })['energy-drift'];
    expect(drift.verdict).toMatchObject({ state: 'inconclusive', moreSteps: null });
    expect(codes(drift)).toContain('incomplete-run');
  });

  it('names the steps that are missing: half width falls as T^(−3/2)', () => {
    const { moreSteps } = driftVerdict({ value: 0, low: -0.4, high: 0.4 }, 1000, false);
    expect(moreSteps).toBe(3000);
    expect(driftVerdict({ value: 0.05, low: -1, high: 1.1 }, 1000, false).moreSteps).toBeNull();
  });

  it('promises steps that mostly suffice', () => {
    const verdictOf = (steps: number, seed: number) =>
      driftOf([
        energies(
          autoregressive(steps, 5, seed).map((x) => 0.1 * x),
          0,
        ),
      ]).verdict;
    const outcomes = Array.from({ length: 40 }, (_, k) => {
      const first = verdictOf(500, 10 + k);
      return first?.state === 'inconclusive' && first.moreSteps
        ? verdictOf(500 + first.moreSteps, 1010 + k)?.state
        : null;
    }).filter((outcome) => outcome !== null);
    expect(outcomes.length).toBeGreaterThan(20);
    expect(outcomes.filter((outcome) => outcome === 'pass').length / outcomes.length).toBeGreaterThan(0.5);
  });

  it.each([
    [0, 'pass'],
    [0.4, 'warn'],
    [21.9, 'fail'],
  ])('on a long quiet run with a drift of %d is %s', (drift, expected) => {
    expect(metricsOf([energies(small(3000, 4), drift)])['energy-drift'].verdict?.state).toBe(expected);
  });
});

describe('an energy that is the same in every step', () => {
  const constant = energies(new Float64Array(1000), 0);

  it('gets no verdict, for nothing was tested', () => {
    for (const samples of [[constant], [constant, constant, constant]]) {
      const drift = metricsOf(samples)['energy-drift'];
      expect(drift).toMatchObject({ value: 0, low: null, high: null, n: samples.length });
      expect(drift.verdict).toBeUndefined();
      expect(drift.warnings).toEqual([{ code: 'energy-constant', values: {} }]);
    }
  });

  it('is judged as soon as one trajectory or one step moves', () => {
    expect(metricsOf([constant, energies(small(1000, 1), 0)])['energy-drift'].verdict).toBeDefined();
    const conserved = constant.columns.conserved.map((energy, i) => (i === 700 ? energy + 1e-9 : energy));
    expect(metricsOf([syntheticSamples({ columns: { conserved } })])['energy-drift'].verdict?.state).toBe(
      'pass',
    );
  });
});

describe('energy fluctuation', () => {
  it('is the rms about the trend, whatever the trend', () => {
    for (const drift of [0, 50]) {
      const found = metricsOf([
        energies(
          whiteNoise(2000, 7).map((x) => 0.3 * x),
          drift,
        ),
      ])['energy-fluctuation'];
      expect(found.unit).toBe('meV/atom');
      expect(found.value).toBeGreaterThan(0.29);
      expect(found.value).toBeLessThan(0.31);
      expect(found.low as number).toBeLessThan(0.3);
      expect(found.high as number).toBeGreaterThan(0.3);
    }
  });
});

describe('temperature and momentum', () => {
  it('mean temperature covers the truth and stands beside the asked one', () => {
    const temperature = autoregressive(1000, 10, 2).map((x) => 301 + 10 * x);
    const found = metricsOf([syntheticSamples({ columns: { temperature } })])['temperature-mean'];
    expect(found.low as number).toBeLessThan(301);
    expect(found.high as number).toBeGreaterThan(301);
    expect(codes(found)).not.toContain('temperature-off-target');
  });

  it('has no interval where the samples are worth too few', () => {
    const temperature = autoregressive(200, 100, 2).map((x) => 301 + x);
    const found = metricsOf([syntheticSamples({ columns: { temperature } })])['temperature-mean'];
    expect(found).toMatchObject({ low: null, high: null });
    expect(found.warnings.map(({ code, values }) => [code, values.needed])).toEqual([
      ['interval-needs-samples', 12],
    ]);
  });

  it('says so where a crystal runs at half the temperature', () => {
    const temperature = whiteNoise(500, 2).map((x) => 150 + x);
    const found = metricsOf([syntheticSamples({ columns: { temperature } })])['temperature-mean'];
    const off = found.warnings.find(({ code }) => code === 'temperature-off-target');
    expect(off?.values.asked).toBe(300);
    expect(off?.values.measured).toBeCloseTo(150, 0);
  });

  it.each([
    ['64 atoms at 261 K: 1.8 standard deviations of NVE', 64, 261, 1, false],
    ['64 atoms at 240 K: 2.7 of them', 64, 240, 1, true],
    ['8 trajectories of 64 atoms at 261 K', 64, 261, 8, true],
    ['108 atoms at 257.4 K', 108, 257.4, 1, true],
    ['108 atoms at 342.6 K', 108, 342.6, 1, true],
    ['108 atoms a tenth off', 108, 269, 1, true],
    ['108 atoms at 275 K: 1.5 standard deviations', 108, 275, 1, false],
    ['1000 atoms at 290 K: within 5 %', 1000, 290, 1, false],
    ['1000 atoms at 280 K', 1000, 280, 1, true],
    ['one atom', 1, 100, 1, false],
  ])('of NVE may differ from the asked one as a canonical energy does: %s', (_, atoms, level, seeds, off) => {
    const samples = Array.from({ length: seeds }, (_, k) =>
      syntheticSamples({ columns: { temperature: autoregressive(4000, 5, k).map((x) => level + 15 * x) } }),
    );
    const { system } = syntheticCase(samples);
    const change = { system: system && { ...system, atoms } };
    expect(codes(metricsOf(samples, change)['temperature-mean']).includes('temperature-off-target')).toBe(
      off,
    );
  });

  it('is not called off target while the interval reaches within 5 %', () => {
    const temperature = autoregressive(400, 20, 5).map((x) => 265 + 150 * x);
    const samples = [syntheticSamples({ columns: { temperature } })];
    const { system } = syntheticCase(samples);
    const found = metricsOf(samples, { system: system && { ...system, atoms: 1000 } })['temperature-mean'];
    expect(found.value as number).toBeLessThan(280);
    expect(found.high as number).toBeGreaterThan(285);
    expect(codes(found)).not.toContain('temperature-off-target');
  });

  it('momentum is the largest of all trajectories', () => {
    const of = (momentumMax: number) => syntheticSamples({ trajectory: { momentumMax } });
    expect(metricsOf([of(1e-9), of(3e-7)])['momentum-max']).toMatchObject({ value: 3e-7, unit: 'amu·Å/fs' });
  });
});
