import { describe, expect, it } from 'vitest';
import { computeMetrics, metricInfo, metrics } from '../../src/metrics/index.js';
import { metricSchema } from '../../src/result/index.js';
import { bathIds, energyIds, metricIds } from '../support/metric-ids.js';
import { sampleCase } from '../support/sample-document.js';
import { whiteNoise } from '../support/synthetic.js';
import { syntheticCase, syntheticSamples } from '../support/synthetic-case.js';

describe('the catalogue', () => {
  it('has exactly the metrics whose ids were promised', () => {
    expect(metrics.map(({ id }) => id).filter((id) => !bathIds.includes(id))).toEqual(metricIds);
    expect(Object.keys(computeMetrics(syntheticCase([syntheticSamples()]), [syntheticSamples()]))).toEqual(
      metricIds,
    );
  });

  it('tells of a bath what it conserves, its pressure and its volume, and nothing of the energy', () => {
    const idsOf = (ensemble: 'nvt' | 'npt') =>
      Object.keys(sampleCase({ ensemble, steps: 100 }).result.metrics);
    expect(idsOf('npt').sort()).toEqual(
      [...metricIds, ...bathIds].filter((id) => !energyIds.includes(id)).sort(),
    );
    expect(idsOf('nvt')).not.toContain('volume-mean');
    expect(idsOf('nvt')).toContain('pressure-mean');
  });

  it('knows unit, direction and region of each', () => {
    expect(metricInfo('step-time-p99')).toMatchObject({
      unit: 'ms',
      better: 'lower',
      kind: 'noisy',
      region: 'whole step',
    });
    expect(metricInfo('dangerous-builds')).toMatchObject({ kind: 'exact', better: 'lower' });
    expect(metricInfo('speed')).toBeUndefined();
    for (const { id, region } of metrics) {
      const timed = /time|call|phase|per-second|per-day/.test(id);
      expect(region !== undefined, id).toBe(timed);
    }
  });
});

describe('whatever was recorded', () => {
  const none = syntheticSamples({ steps: 0, trajectory: { momentumMax: 0 } });
  const nan = new Float64Array(100).fill(Number.NaN);
  const exploded = whiteNoise(100, 1).map((x, i) => (i < 90 ? x : i < 95 ? 1e300 * (i - 92) : Number.NaN));

  it.each([
    ['no trajectory', []],
    ['a trajectory without a step', [none]],
    ['one step', [syntheticSamples({ steps: 1 })]],
    ['three steps', [syntheticSamples({ steps: 3 })]],
    ['19 steps', [syntheticSamples({ steps: 19 })]],
    ['one whole trajectory and one without a step', [syntheticSamples({ steps: 200 }), none]],
    ['four of very different length', [1, 5, 50, 500].map((steps) => syntheticSamples({ steps }))],
    ['nothing but NaN', [syntheticSamples({ columns: { conserved: nan, temperature: nan } })]],
    ['an explosion', [syntheticSamples({ columns: { conserved: exploded } })]],
    ['no neighbor list', [syntheticSamples({ trajectory: { neighbors: null } })]],
    ['a clock that never ticked', [syntheticSamples({ columns: { stepTime: new Float64Array(100) } })]],
  ])('%s: valid metrics, and a reason for every number that is missing', (_, samples) => {
    for (const status of ['ok', 'failed', 'aborted'] as const) {
      const found = computeMetrics(syntheticCase(samples, { status }), samples);
      for (const [id, metric] of Object.entries(found)) {
        expect(metricSchema.safeParse(metric).error?.message, id).toBeUndefined();
        if (metric.value === null) expect(metric.warnings, id).not.toHaveLength(0);
        if (metric.low !== null) {
          expect(metric.low, id).toBeLessThanOrEqual((metric.value as number) + 1e-9);
          expect(metric.high, id).toBeGreaterThanOrEqual((metric.value as number) - 1e-9);
        }
      }
    }
  });

  it('a case without a system measures times but no energy per atom', () => {
    const samples = [syntheticSamples()];
    const found = computeMetrics(syntheticCase(samples, { system: null }), samples);
    expect(found['energy-drift'].value).toBeNull();
    expect(found['atom-steps-per-second'].value).toBeNull();
    expect(found['steps-per-second'].value).toBeCloseTo(1000, 9);
  });

  it('comes out the same every time', () => {
    const samples = [syntheticSamples({ columns: { stepTime: whiteNoise(500, 3).map((x) => 1 + 0.1 * x) } })];
    const result = syntheticCase(samples);
    expect(computeMetrics(result, samples)).toEqual(computeMetrics(result, samples));
  });
});
