import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/metrics/index.js';
import type { Metric } from '../../src/result/index.js';
import type { Samples } from '../../src/result/samples.js';
import { standardDeviation } from '../../src/stats/index.js';
import { autoregressive, coverage, whiteNoise } from '../support/synthetic.js';
import { syntheticCase, syntheticSamples } from '../support/synthetic-case.js';

function metricsOf(samples: readonly Samples[]): Record<string, Metric> {
  return computeMetrics(syntheticCase(samples), samples);
}

function withStepTimes(stepTime: Float64Array): Samples {
  return syntheticSamples({ columns: { stepTime, forceCallTime: stepTime.map((x) => 0.8 * x) } });
}

/** Steps of 2 ms in the mean, 10 % scatter, correlated over `time` steps. */
function steadyTimes(steps: number, seed: number, time = 1, level = 2): Float64Array {
  return autoregressive(steps, time, seed).map((x) => level * (1 + 0.1 * x));
}

const codes = (metric: Metric) => metric.warnings.map(({ code }) => code);

describe('rates', () => {
  it('come in their units from the mean whole step', () => {
    const found = metricsOf([withStepTimes(new Float64Array(200).fill(2))]);
    expect(found['steps-per-second']).toMatchObject({
      value: 500,
      unit: '1/s',
      n: 200,
      region: 'whole step',
    });
    expect(found['ns-per-day'].value).toBeCloseTo(0.0864 * 500, 10);
    expect(found['atom-steps-per-second'].value).toBe(64 * 500);
  });

  it('leave out the warm-up and say so', () => {
    const times = steadyTimes(1000, 4).map((x, i) => (i < 100 ? 3 * x : x));
    const rate = metricsOf([withStepTimes(times)])['steps-per-second'];
    expect(rate.value as number).toBeGreaterThan(490);
    expect(rate.n).toBeLessThanOrEqual(900);
    expect(rate.warnings).toContainEqual({
      code: 'warm-up-excluded',
      values: { steps: 1000 - rate.n, of: 1000 },
    });
  });

  it('cover the truth within one run, and say that it is only one', () => {
    const covered = coverage(500, 100, (seed) => {
      const { low, high } = metricsOf([withStepTimes(steadyTimes(400, seed, 5))])['steps-per-second'];
      return { low: low as number, high: high as number };
    });
    expect(covered).toBeGreaterThan(0.88);
    expect(covered).toBeLessThanOrEqual(1);
    const one = metricsOf([withStepTimes(steadyTimes(400, 1))])['steps-per-second'];
    expect(one.warnings).toContainEqual({ code: 'interval-within-run', values: { trajectories: 1 } });
  });

  it('take the scatter between processes into the interval, from three on', () => {
    const levels = [1.8, 2, 2.2, 2.1, 1.9];
    const samples = levels.map((level, k) => withStepTimes(steadyTimes(400, k, 1, level)));
    const { low, high, warnings } = metricsOf(samples)['steps-per-second'];
    expect(warnings).toEqual([]);
    expect((high as number) / (low as number)).toBeGreaterThan(1.15);
    const alone = metricsOf(samples.slice(0, 1))['steps-per-second'];
    expect((alone.high as number) / (alone.low as number)).toBeLessThan(1.05);
  });

  it('tell a slowdown and a missing steady state', () => {
    const slow = steadyTimes(1000, 5).map((x, i) => (i < 400 ? x : 1.5 * x));
    expect(codes(metricsOf([withStepTimes(slow)])['steps-per-second'])).toContain('slowdown');
    const late = steadyTimes(1000, 5).map((x, i) => (i < 900 ? x : 1.5 * x));
    expect(codes(metricsOf([withStepTimes(late)])['steps-per-second'])).toContain('no-steady-state');
  });
});

describe('percentiles', () => {
  it('are those of the raw samples of all trajectories together, never a mean of percentiles', () => {
    const slow = withStepTimes(new Float64Array(700).fill(3));
    const fast = withStepTimes(new Float64Array(1400).fill(1));
    const found = metricsOf([fast, slow]);
    expect(found['step-time-p50'].value).toBe(1);
    expect(found['step-time-p90'].value).toBe(3);
    expect(found['force-call-p50']).toMatchObject({ value: 0.8, region: 'force call', n: 2100 });
  });

  it.each([
    [60, ['step-time-p90', 'step-time-p99']],
    [300, ['step-time-p99']],
    [1000, []],
  ])('of %d samples: without an interval where they are too few: %j', (steps, without) => {
    const found = metricsOf([withStepTimes(steadyTimes(steps, 2))]);
    for (const id of ['step-time-p50', 'step-time-p90', 'step-time-p99']) {
      expect(found[id].value, id).not.toBeNull();
      expect(found[id].low === null, id).toBe(without.includes(id as never));
      expect(codes(found[id]).includes('percentile-needs-samples'), id).toBe(without.includes(id as never));
    }
  });

  it('count independent samples, not samples', () => {
    const { warnings } = metricsOf([withStepTimes(steadyTimes(1000, 3, 100))])['step-time-p99'];
    const missing = warnings.find(({ code }) => code === 'percentile-needs-samples');
    expect(missing?.values).toMatchObject({ percentile: 99, needed: 662 });
    expect(missing?.values.effective).toBeLessThan(600);
  });

  it('point at times that scatter by more than their mean', () => {
    const times = new Float64Array(1000).map((_, i) => (i % 20 === 0 ? 30 : 0.2));
    expect(codes(metricsOf([withStepTimes(times)])['step-time-p50'])).toContain('spread-exceeds-mean');
    expect(codes(metricsOf([withStepTimes(steadyTimes(1000, 1))])['step-time-p50'])).not.toContain(
      'spread-exceeds-mean',
    );
  });
});

describe('uneven times', () => {
  const uneven = (metric: Metric) => metric.warnings.find(({ code }) => code === 'uneven-times')?.values;
  /** Every `period`-th step takes `long` times as long. */
  const spiky = (period: number, long: number) =>
    steadyTimes(1000, 8).map((x, i) => (i % period === 0 ? long * x : x));

  it('are told, with percentiles and share, where steps have two levels: nothing is called warm-up', () => {
    const found = metricsOf([withStepTimes(spiky(3, 4))]);
    for (const id of ['step-time-p50', 'force-call-p50']) {
      const values = uneven(found[id]);
      expect(values?.share).toBeCloseTo(33.4, 9);
      expect(values?.p50).toBe(found[id].value);
      expect(values?.p90).toBe(found[id.replace('p50', 'p90')].value);
      expect(codes(found[id])).not.toContain('warm-up-excluded');
    }
  });

  it('are those of 5 % and more of the steps, beyond 1.5 times the median', () => {
    const of = (period: number, long: number) =>
      uneven(metricsOf([withStepTimes(spiky(period, long))])['step-time-p50']);
    expect(of(20, 4)?.share).toBeCloseTo(5, 9);
    expect(of(25, 4)).toBeUndefined();
    expect(of(3, 1.15)).toBeUndefined();
  });

  it('are not those of the neighbor list', () => {
    const listTime = Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 3 : 0));
    const forceCallTime = steadyTimes(1000, 3);
    const stepTime = forceCallTime.map((x, i) => x + listTime[i]);
    const found = metricsOf([syntheticSamples({ columns: { stepTime, forceCallTime, listTime } })]);
    expect(found['step-time-p90'].value as number).toBeGreaterThan(2);
    expect(uneven(found['step-time-p50'])).toBeUndefined();
    expect(uneven(found['force-call-p50'])).toBeUndefined();
  });
});

describe('cold numbers', () => {
  it('have one value a process and an interval from three', () => {
    const cold = (sessionCreate: number) =>
      syntheticSamples({ trajectory: { cold: { sessionCreate, firstCall: 4, earlyCalls: [] } } });
    const one = metricsOf([cold(50)])['session-create-time'];
    expect(one).toMatchObject({ value: 50, n: 1, low: null, high: null });
    expect(one.warnings).toEqual([{ code: 'few-trajectories', values: { trajectories: 1, needed: 3 } }]);
    const three = metricsOf([cold(50), cold(60), cold(70)])['session-create-time'];
    expect(three).toMatchObject({ value: 60, n: 3, warnings: [] });
    const logs = [50, 60, 70].map(Math.log);
    const half = 4.302652729749 * (standardDeviation(logs) / Math.sqrt(3));
    expect(three.low).toBeCloseTo(60 * Math.exp(-half), 6);
    expect(three.high).toBeCloseTo(60 * Math.exp(half), 6);
  });

  it('that scatter by a factor have an interval by factors, not one cut off at 0', () => {
    const calls = [1, 1.2, 4.2].map((firstCall) =>
      syntheticSamples({ trajectory: { cold: { sessionCreate: 50, firstCall, earlyCalls: [] } } }),
    );
    const { value, low, high } = metricsOf(calls)['first-call-time'];
    expect(low as number).toBeGreaterThan(0.1);
    expect((high as number) / (value as number)).toBeCloseTo((value as number) / (low as number), 9);
  });
});

describe('phase shares', () => {
  const phases = ['forces', 'neighbors', 'integrate', 'other'].map((phase) => `phase-share-${phase}`);

  it('are the shares of the plain step', () => {
    const found = metricsOf([syntheticSamples({ steps: 100, trajectory: { integrateTotal: 7 } })]);
    const shares = phases.map((id) => found[id].value as number);
    [80, 10, 7, 3].forEach((share, k) => {
      expect(shares[k]).toBeCloseTo(share, 9);
    });
  });

  it('sum to 100 for any times, several trajectories, warm-up left out', () => {
    const samples = [1, 2, 3].map((seed) => {
      const force = whiteNoise(500, seed).map((x) => 0.5 * Math.exp(0.3 * x));
      const list = whiteNoise(500, seed + 9).map((x, i) => (i % 15 === 0 ? 0.4 : 0.01 * Math.abs(x)));
      const step = force.map((x, i) => (i < 50 ? 2 : 1) * (x + list[i] + 0.03));
      const trajectory = { integrateTotal: 9 };
      return syntheticSamples({
        columns: { stepTime: step, forceCallTime: force, listTime: list },
        trajectory,
      });
    });
    const found = metricsOf(samples);
    const sum = phases.reduce((total, id) => total + (found[id].value as number), 0);
    expect(Math.abs(sum - 100)).toBeLessThan(1e-9);
    for (const id of phases) expect(found[id].high as number).toBeGreaterThan(found[id].low as number);
  });
});

describe('counts', () => {
  it('add up over trajectories, exactly', () => {
    const found = metricsOf([syntheticSamples(), syntheticSamples()]);
    expect(found['neighbor-rebuilds']).toMatchObject({ value: 6, low: null, high: null, warnings: [] });
    expect(found['dangerous-builds'].value).toBe(0);
  });
});
