import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/metrics/index.js';
import { describeVerdicts, driftHeading, driftSubjects } from '../../src/report/words/index.js';
import type { CaseResult } from '../../src/result/index.js';
import { sampleCase } from '../support/sample-document.js';

/** Eight trajectories whose conserved quantity drifts by so many meV/atom/ps. */
function told(
  ensemble: CaseResult['dynamics']['ensemble'],
  drift: number,
  status: CaseResult['status'] = 'ok',
) {
  const { result } = sampleCase({ ensemble, drift, seeds: 8, steps: 2000, status });
  return describeVerdicts(result).find(({ subject }) => driftSubjects.includes(subject))!;
}

describe('the drift in words', () => {
  it.each([
    [0.001, 'pass', 'conserved'],
    [0.4, 'warn', 'drifts slightly'],
    [9, 'fail', 'not conserved'],
  ] as const)('of the energy in NVE: %d', (drift, tone, short) => {
    expect(told('nve', drift)).toMatchObject({ subject: 'Energy drift', tone, short });
  });

  it.each([
    ['nvt', 0.001, 'pass', 'small', /within ±0.05 meV\/atom\/ps. NVE alone shows/],
    ['npt', 0.4, 'warn', 'noticeable', /look at the timestep/],
    ['npt', 9, 'warn', 'noticeable', /look at the timestep/],
  ] as const)('of the conserved quantity with a bath: %s %d', (ensemble, drift, tone, short, text) => {
    const words = told(ensemble, drift);
    expect(words).toMatchObject({ subject: 'Drift of the conserved quantity', tone, short });
    expect(words.text).toMatch(text);
    expect(words.text).not.toMatch(/energy is|heats|cools|fails/);
  });

  it('of a run that broke off says so and advises nothing', () => {
    expect(told('nvt', 0.4, 'aborted')).toMatchObject({ short: 'noticeable, partial run' });
  });

  it('heads a column by what stands in it', () => {
    const [nve, npt] = [sampleCase().result, sampleCase({ ensemble: 'npt' }).result];
    expect([driftHeading([nve, nve]), driftHeading([nve, npt])]).toEqual(['energy drift', 'drift']);
  });
});

it('has means of pressure, volume and density whose intervals hold the truth', () => {
  const { result, samples } = sampleCase({ ensemble: 'npt', steps: 5000 });
  const metrics = computeMetrics(result, samples);
  const mass = 64 * 28.085 * 1.6605390666;
  for (const [id, truth, unit] of [
    ['pressure-mean', 0.5, 'GPa'],
    ['volume-mean', 1300, 'Å³'],
    ['density-mean', (result.system!.density! * 64 * 5.431 ** 3) / 8 / 1300, 'g/cm³'],
  ] as const) {
    expect(metrics[id].unit).toBe(unit);
    expect(metrics[id].low).toBeLessThan(truth);
    expect(metrics[id].high).toBeGreaterThan(truth);
    expect(metrics[id].high! - metrics[id].low!).toBeLessThan(0.2 * truth);
  }
  expect(metrics['density-mean'].value).toBeCloseTo(mass / 1300, 2);
});
