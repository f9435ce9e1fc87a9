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

const arms = ['baseline', 'candidate'] as const;

/** Two runs from different starts. */
const same = (width: number) => (seed: number) =>
  arms.map((arm, k) =>
    plantedObservables({ arm, seed: seed + k, width, temperature: temperatureOf(seed + k) }),
  );

/** All quantities of the baseline with a noise of 1 % (temperature 3 K) and the candidate so many times that apart. */
function apart(times: number, atoms: number | null, temperature = 300): Agreement[] {
  const flat = (share: number) => Array.from({ length: 100 }, (_, k) => (k < 50 ? 1 + share : 1 - share));
  const curveOf = (share: number, half: number) => ({
    start: 0,
    width: 0.05,
    whole: flat(share),
    halves: [flat(share + half), flat(share - half)] as [number[], number[]],
  });
  const [baseline, candidate] = arms.map((arm, k): Observables => {
    const curve = curveOf(0.01 * times * k, 0.01 / Math.SQRT2);
    const mean = temperature + 3 * times * k;
    return {
      ...plantedObservables({ arm, seed: 1 }),
      temperature: { mean, halves: [mean + 3 / Math.SQRT2, mean - 3 / Math.SQRT2] },
      radialDistribution: [{ pair: 'Si-Si', curve }],
      velocityAutocorrelation: curve,
      spectrum: curve,
    };
  });
  return agreement([baseline!, candidate!], atoms);
}

describe('agreement of two trajectories', () => {
  it.each([1, 5, 20])('calls the same process different in at most 5 % (noise over %i bins)', (width) => {
    const found = states(200, same(width));
    expect(Object.keys(found)).toHaveLength(4);
    for (const [quantity, { differs, agrees }] of Object.entries(found)) {
      expect(differs, quantity).toBeLessThanOrEqual(0.05);
      if (quantity !== 'temperature') expect(agrees, quantity).toBeGreaterThanOrEqual(0.8);
    }
    expect(found.temperature!.unclear).toBeGreaterThan(0.5);
  });

  it('has a border at twice the noise of two halves', () => {
    for (const { quantity, noise, unit } of apart(1, 64))
      expect(noise, quantity).toBeCloseTo(unit === 'K' ? 3 : 0.01, 10);
    const within = apart(1.9, 64).map(({ state }) => state);
    expect(within).toEqual(['agrees', 'agrees', 'agrees', 'agrees']);
    const beyond = apart(2.1, 64).map(({ state }) => state);
    expect(beyond).toEqual(['unclear', 'unclear', 'unclear', 'unclear']);
    expect(apart(0, 64).every(({ difference, state }) => difference < 1e-12 && state === 'agrees')).toBe(
      true,
    );
  });

  it('has another at three times that and another start together', () => {
    for (const { quantity, noise, startNoise } of apart(0, 64)) {
      const both = Math.hypot(noise, startNoise!) / noise;
      const stateAt = (times: number) =>
        apart(times * both, 64).find((one) => one.quantity === quantity)!.state;
      expect(both, quantity).toBeGreaterThan(1.4);
      if (quantity === 'radial-distribution') continue;
      expect([quantity, stateAt(2.9)]).toEqual([quantity, 'unclear']);
      expect([quantity, stateAt(3.1)]).toEqual([quantity, 'differs']);
    }
  });

  it('knows nothing of another start without the number of atoms: nothing differs', () => {
    const found = apart(1000, null);
    expect(found.map(({ startNoise }) => startNoise)).toEqual([null, null, null, null]);
    expect(found.map(({ state }) => state)).toEqual(['unclear', 'unclear', 'unclear', 'unclear']);
    expect(apart(1.9, null).every(({ state }) => state === 'agrees')).toBe(true);
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
    expect(stateOf(340, 64)).toMatchObject({ quantity: 'temperature', state: 'unclear', unit: 'K' });
    expect(stateOf(340, 64)!.startNoise).toBeCloseTo((300 * Math.SQRT2) / Math.sqrt(192), 2);
    expect(stateOf(380, 64)).toMatchObject({ state: 'unclear' });
    expect(stateOf(400, 64)).toMatchObject({ state: 'differs' });
    expect(stateOf(340, 1000)).toMatchObject({ state: 'differs' });
    expect(stateOf(400, null)).toMatchObject({ state: 'unclear', startNoise: null });
  });

  describe('peaks that a run of another temperature widens', () => {
    const atoms = 10_000;
    const bound = 0.5 * Math.sqrt(2 / (Math.PI * Math.E));
    const run = (arm: 'baseline' | 'candidate', temperature: number, shift = 0): Observables => {
      const observables = plantedObservables({ arm, seed: 1, noise: 0, temperature, halfScatter: 0 });
      const sigma = 0.1 * Math.sqrt(temperature / 300);
      const peak = (by: number) =>
        Array.from({ length: 400 }, (_, k) => Math.exp(-(((k - 200) / 100 / sigma - by) ** 2) / 2) / sigma);
      const curve = {
        start: 0,
        width: 0.01,
        whole: peak(shift),
        halves: [peak(shift + 0.001), peak(shift - 0.001)] as [number[], number[]],
      };
      return { ...observables, radialDistribution: [{ pair: 'Si-Si', curve }] };
    };
    const radial = (temperature: number, shift = 0) =>
      agreement([run('baseline', 300), run('candidate', temperature, shift)], atoms)[0]!;

    it('are expected from the scatter of starts, and of a warmer run, as a normal peak shows them', () => {
      expect(radial(300).startNoise).toBeCloseTo(2 * bound * Math.sqrt(2 / 3 / atoms), 10);
      expect(radial(306).startNoise).toBeCloseTo(2 * bound * 0.02, 10);
      expect(radial(306).difference / radial(306).startNoise!).toBeCloseTo(1, 1);
      expect(radial(306).state).toBe('unclear');
    });

    it('differ where they are elsewhere', () => {
      const { noise, startNoise } = radial(300);
      const both = Math.hypot(noise, startNoise!);
      const moved = (times: number) => radial(300, (times * both) / (2 / Math.sqrt(2 * Math.PI)));
      expect(moved(2.9).difference / both).toBeCloseTo(2.9, 2);
      expect(moved(2.9).state).toBe('unclear');
      expect(moved(3.1).difference / both).toBeCloseTo(3.1, 2);
      expect(moved(3.1).state).toBe('differs');
    });
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
    const radial = (of: Observables, atoms: number | null) => agreement([of, moved], atoms)[0]!.state;
    expect(radial(still, null)).toBe('unclear');
    expect(radial(still, 64)).toBe('differs');
    const frozen = { ...still, temperature: { mean: 0, halves: [0, 0] as [number, number] } };
    expect(agreement([frozen, moved]).at(-1)).toMatchObject({ noise: 0, startNoise: 0, state: 'unclear' });
    expect(agreement([still, { ...still, arm: 'candidate' }]).every(({ state }) => state === 'agrees')).toBe(
      true,
    );
  });

  it('allows solids the vibrations that a thermostat gave them: exponential energies of each mode, kept', () => {
    const found = states(200, (seed) => [solid('baseline', seed), solid('candidate', seed + 1)]);
    for (const quantity of ['velocity-autocorrelation', 'spectrum']) {
      expect(found[quantity]!.differs, quantity).toBeLessThanOrEqual(0.05);
      expect(found[quantity]!.unclear, quantity).toBeGreaterThanOrEqual(0.9);
    }
    const softer = states(
      8,
      (seed) => [solid('baseline', seed, 1, 2048), solid('candidate', seed + 1, 0.8, 2048)],
      2048,
    );
    expect(softer.spectrum!.differs).toBeGreaterThan(0.9);
  });

  it('expects of them what they scatter by', () => {
    const ratios: Record<string, number[]> = {};
    for (let seed = 1; seed < 120; seed += 2) {
      for (const one of agreement([solid('baseline', seed), solid('candidate', seed + 1)])) {
        ratios[one.quantity] ??= [];
        ratios[one.quantity]!.push(one.difference / one.startNoise!);
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
