import { describe, expect, it } from 'vitest';
import { compareCampaigns } from '../../src/compare/index.js';
import { powerSpectrum } from '../../src/observables/index.js';
import { createRandom } from '../../src/random.js';
import type { PairedCampaign } from '../../src/result/campaign.js';
import type { Observables } from '../../src/result/examination.js';
import type { Agreement } from '../../src/result/judgement.js';
import { plantedExamination, plantedObservables } from '../support/labelled-frames.js';
import { plantedCampaign } from '../support/paired-campaign.js';
import { syntheticDocument } from '../support/synthetic-case.js';

const noPairs = plantedCampaign({ pairs: 0 });

function agreement(observables: Observables[], atoms: number | null = 64): Agreement[] {
  const document = {
    ...syntheticDocument(),
    campaigns: [withAtoms(atoms)],
    examinations: [plantedExamination({ frames: [], observables })],
  };
  return compareCampaigns(document).comparisons[0]!.agreement;
}

function withAtoms(atoms: number | null): PairedCampaign {
  const arm = { ...noPairs.arms.baseline, workload: { atoms } };
  return {
    ...noPairs,
    arms: { ...noPairs.arms, baseline: arm, candidate: { ...noPairs.arms.candidate, workload: { atoms } } },
  };
}

/** Shares of states over seeds, by quantity. */
function states(repeats: number, pairOf: (seed: number) => Observables[], atoms = 64) {
  const counts: Record<string, Record<string, number>> = {};
  for (let k = 0; k < repeats; k++) {
    for (const { quantity, state } of agreement(pairOf(10 * k + 1), atoms)) {
      counts[quantity] ??= { agrees: 0, unclear: 0, differs: 0 };
      counts[quantity][state]! += 1 / repeats;
    }
  }
  return counts;
}

/** Mean temperatures of NVE runs from a thermostat: T/√(3N) from run to run. */
function temperatureOf(seed: number): number {
  return 300 * (1 + createRandom(seed + 7).normal() / Math.sqrt(3 * 64));
}

const same = (width: number) => (seed: number) =>
  (['baseline', 'candidate'] as const).map((arm, k) =>
    plantedObservables({ arm, seed: seed + k, width, temperature: temperatureOf(seed + k) }),
  );

describe('agreement of two trajectories', () => {
  it.each([1, 5, 20])('calls the same process different in at most 5 % (noise over %i bins)', (width) => {
    const found = states(200, same(width));
    expect(Object.keys(found)).toHaveLength(4);
    for (const [quantity, shares] of Object.entries(found)) {
      expect(shares.differs, quantity).toBeLessThanOrEqual(0.05);
      expect(shares.agrees, quantity).toBeGreaterThanOrEqual(0.8);
    }
  });

  it('finds another force field', () => {
    const found = states(
      60,
      (seed) => [
        plantedObservables({ arm: 'baseline', seed }),
        plantedObservables({ arm: 'candidate', seed: seed + 1, stretch: 1.15, temperature: 420 }),
      ],
      4000,
    );
    expect(found.spectrum!.differs).toBeGreaterThan(0.95);
    expect(found['velocity-autocorrelation']!.differs).toBeGreaterThan(0.95);
    expect(found.temperature!.differs).toBeGreaterThan(0.95);
    const shifted = states(
      60,
      (seed) => [
        plantedObservables({ arm: 'baseline', seed }),
        plantedObservables({ arm: 'candidate', seed: seed + 1, stretch: 1.15 }),
      ],
      4000,
    );
    expect(shifted['radial-distribution']!.differs).toBeGreaterThan(0.95);
    expect(shifted.temperature!.differs).toBe(0);
  });

  it('measures noise as what two whole runs differ by: its halves, less a factor of √2', () => {
    let [difference, noise] = [0, 0];
    for (let seed = 1; seed < 120; seed += 2) {
      const curve = agreement([
        plantedObservables({ arm: 'baseline', seed }),
        plantedObservables({ arm: 'candidate', seed: seed + 1 }),
      ]).find(({ quantity }) => quantity === 'radial-distribution')!;
      difference += curve.difference;
      noise += curve.noise;
    }
    expect(noise / difference).toBeCloseTo(1, 1);
  });

  it('allows temperatures what a thermostat scatters, less for more atoms', () => {
    const run = (arm: 'baseline' | 'candidate', temperature: number) =>
      plantedObservables({ arm, seed: 1, temperature, halfScatter: 0.01 });
    const stateOf = (temperature: number, atoms: number | null) =>
      agreement([run('baseline', 300), run('candidate', temperature)], atoms).at(-1);
    expect(stateOf(340, 64)).toMatchObject({ quantity: 'temperature', state: 'agrees', unit: 'K' });
    expect(stateOf(340, 64)!.noise).toBeCloseTo((300 * Math.SQRT2) / Math.sqrt(192), 2);
    expect(stateOf(380, 64)).toMatchObject({ state: 'unclear' });
    expect(stateOf(400, 64)).toMatchObject({ state: 'differs' });
    expect(stateOf(340, 1000)).toMatchObject({ state: 'differs' });
    expect(stateOf(400, null)).toMatchObject({ state: 'unclear' });
  });

  it('expects wider peaks of a warmer run, as a normal peak shows them', () => {
    const run = (arm: 'baseline' | 'candidate', temperature: number): Observables => {
      const observables = plantedObservables({ arm, seed: 1, noise: 0, temperature, halfScatter: 0 });
      const sigma = 0.1 * Math.sqrt(temperature / 300);
      const whole = Array.from(
        { length: 400 },
        (_, k) => Math.exp(-(((k - 200) / 100 / sigma) ** 2) / 2) / sigma,
      );
      const curve = { start: 0, width: 0.01, whole, halves: [whole, whole] as [number[], number[]] };
      return { ...observables, radialDistribution: [{ pair: 'Si-Si', curve }] };
    };
    const [radial] = agreement([run('baseline', 300), run('candidate', 303)]);
    expect(radial!.difference / radial!.noise).toBeCloseTo(1, 1);
    expect(radial!.noise).toBeCloseTo(0.00484, 5);
  });

  it('says nothing of one run, nor of curves over other abscissas', () => {
    const baseline = plantedObservables({ arm: 'baseline', seed: 1 });
    const candidate = plantedObservables({ arm: 'candidate', seed: 2 });
    expect(agreement([baseline])).toEqual([]);
    const other = { ...candidate, spectrum: { ...candidate.spectrum, width: 0.07 } };
    expect(agreement([baseline, other]).map(({ quantity }) => quantity)).toEqual([
      'radial-distribution',
      'velocity-autocorrelation',
      'temperature',
    ]);
  });

  it('is unclear where there is no noise to judge by, and certain of the same numbers', () => {
    const still = plantedObservables({ arm: 'baseline', seed: 1, noise: 0, halfScatter: 0 });
    const moved = plantedObservables({ arm: 'candidate', seed: 1, noise: 0, halfScatter: 0, stretch: 1.1 });
    expect(agreement([still, moved]).find(({ quantity }) => quantity === 'radial-distribution')!.state).toBe(
      'unclear',
    );
    expect(agreement([still, { ...still, arm: 'candidate' }]).every(({ state }) => state === 'agrees')).toBe(
      true,
    );
  });

  it('allows solids the vibrations that a thermostat gave them: exponential energies of each mode, kept', () => {
    const found = states(200, (seed) => [solid('baseline', seed), solid('candidate', seed + 1)]);
    for (const quantity of ['velocity-autocorrelation', 'spectrum']) {
      expect(found[quantity]!.differs, quantity).toBeLessThanOrEqual(0.05);
      expect(found[quantity]!.agrees, quantity).toBeGreaterThanOrEqual(0.9);
    }
    const softer = states(
      40,
      (seed) => [solid('baseline', seed, 1, 512), solid('candidate', seed + 1, 0.8, 512)],
      512,
    );
    expect(softer.spectrum!.agrees).toBeLessThan(0.1);
  });

  it('expects of them what they scatter by', () => {
    const ratios: Record<string, number[]> = {};
    for (let seed = 1; seed < 120; seed += 2) {
      for (const one of agreement([solid('baseline', seed), solid('candidate', seed + 1)])) {
        ratios[one.quantity] ??= [];
        ratios[one.quantity]!.push(one.difference / one.noise);
      }
    }
    for (const quantity of ['velocity-autocorrelation', 'spectrum']) {
      const mean = ratios[quantity]!.reduce((sum, ratio) => sum + ratio, 0) / ratios[quantity]!.length;
      expect(mean, quantity).toBeGreaterThan(0.7);
      expect(mean, quantity).toBeLessThan(1.3);
    }
  });
});

/** Harmonic modes from 2 to 15 THz with energies from a thermostat; halves that hardly differ, as they keep them. */
function solid(arm: 'baseline' | 'candidate', seed: number, stiffness = 1, atoms = 64): Observables {
  const random = createRandom(seed);
  const modes = Array.from({ length: 3 * atoms - 3 }, (_, k) => ({
    frequency: stiffness * (2 + (13 * (k + 0.5)) / (3 * atoms - 3)),
    energy: -Math.log(1 - random.uniform()),
  }));
  const total = modes.reduce((sum, { energy }) => sum + energy, 0);
  const lags = Array.from({ length: 83 }, (_, k) => {
    const time = 0.004 * k;
    return (
      modes.reduce((sum, mode) => sum + mode.energy * Math.cos(2 * Math.PI * mode.frequency * time), 0) /
      total
    );
  });
  const exact = (start: number, width: number, whole: number[]) => ({
    start,
    width,
    whole,
    halves: [whole, whole] as [number[], number[]],
  });
  const velocityAutocorrelation = exact(0, 4, lags);
  return {
    ...plantedObservables({ arm, seed }),
    velocityAutocorrelation,
    spectrum: powerSpectrum(velocityAutocorrelation, 83),
  };
}
