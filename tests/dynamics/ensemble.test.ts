// The ensembles against statistical mechanics: seeded, so that each chance is one number; with samples that have to fail.
// MDBENCH_ENSEMBLE_STEPS=200000 makes the series as long (minutes) and adds the liquid that LAMMPS sampled.

import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { createLennardJones } from '../../src/forcefield/lennard-jones.js';
import { createNullForceField } from '../../src/forcefield/null.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import { createRandom } from '../../src/random.js';
import { mean, standardDeviation, tInterval } from '../../src/stats/index.js';
import { boltzmann, buildSystem, createSystem, cubicCrystal, pressureUnit } from '../../src/system/index.js';
import {
  gammaChance,
  independent,
  kineticEnergyChance,
  logRatioSlope,
  lowerGamma,
} from '../support/ensemble-checks.js';
import { type SampledRun, sampleEnsemble } from '../support/ensemble-runs.js';

const long = Number(process.env.MDBENCH_ENSEMBLE_STEPS ?? 0);
const steps = long > 0 ? long : 20_000;
const least = 0.001;
if (long > 0) vi.setConfig({ testTimeout: 1_800_000 });
const golden = JSON.parse(readFileSync(new URL('../golden/ensembles.json', import.meta.url), 'utf8'));

const silicon = (asked: Omit<SampledRun, 'steps'>) =>
  sampleEnsemble(buildSystem('si8'), createStillingerWeber(), {
    steps,
    settle: 2000,
    friction: 0.05,
    ...asked,
  });

describe('constant temperature', () => {
  it('gives the kinetic energy its gamma distribution, at the asked temperature and no other', async () => {
    const states = await silicon({ ensemble: 'nvt', temperature: 300 });
    const energies = independent(states.map(({ kineticEnergy }) => kineticEnergy));
    expect(energies.length).toBeGreaterThan(200);
    expect(kineticEnergyChance(energies, 21, 300)).toBeGreaterThan(least);
    expect(kineticEnergyChance(energies, 21, 360)).toBeLessThan(least);
    const middle = mean(energies);
    const narrowed = energies.map((energy) => middle + 0.5 * (energy - middle));
    expect(kineticEnergyChance(narrowed, 21, 300)).toBeLessThan(least);
  });

  it('gives potential energies whose ratio at two temperatures is a line of the right slope', async () => {
    const [cold, hot] = [300, 345];
    const energies = async (temperature: number, seed: number) => {
      const states = await silicon({ ensemble: 'nvt', temperature, seed });
      return independent(states.map(({ potentialEnergy }) => potentialEnergy));
    };
    const { slope, error } = logRatioSlope(await energies(cold, 3), await energies(hot, 4));
    const exact = (1 / cold - 1 / hot) / boltzmann;
    expect(Math.abs(slope - exact)).toBeLessThan(3.5 * error);
    expect(slope).toBeGreaterThan(3.5 * error);
  });
});

describe('constant pressure', () => {
  it('gives an ideal gas the gamma distribution of its volume, V^(n−1) exp(−PV/k_B T)', async () => {
    const [atoms, temperature, pressure] = [8, 300, 0.1];
    const scale = (boltzmann * temperature * pressureUnit) / pressure;
    const edge = Math.cbrt(atoms * scale);
    const gas = createSystem({
      name: 'gas',
      numbers: new Array(atoms).fill(18),
      positions: Array.from({ length: 3 * atoms }, (_, k) => (edge * k) / (3 * atoms)),
      cell: [edge, 0, 0, 0, edge, 0, 0, 0, edge],
      pbc: [true, true, true],
    });
    const states = await sampleEnsemble(gas, createNullForceField(), {
      ...{ ensemble: 'npt', temperature, steps: 3 * steps, settle: 2000, timestep: 2, friction: 0.05 },
      barostat: { pressure, time: 60, compressibility: 1 / pressure },
    });
    const volumes = independent(states.map(({ volume }) => volume));
    expect(volumes.length).toBeGreaterThan(200);
    expect(gammaChance(volumes, atoms, scale)).toBeGreaterThan(least);
    expect(gammaChance(volumes, atoms + 1, scale)).toBeLessThan(least);
    const kinetic = independent(states.map(({ kineticEnergy }) => kineticEnergy));
    expect(kineticEnergyChance(kinetic, 3 * atoms - 3, temperature)).toBeGreaterThan(least);
    const pressures = independent(states.map((state) => state.pressure));
    const error = standardDeviation(pressures) / Math.sqrt(pressures.length);
    expect(Math.abs(mean(pressures) - pressure)).toBeLessThan(3.5 * error);
  });

  it('gives volumes whose ratio at two pressures is a line of the right slope, and energies of the temperature', async () => {
    const temperature = 300;
    const runAt = (pressure: number, seed: number) =>
      silicon({
        ensemble: 'npt',
        temperature,
        seed,
        barostat: { pressure, time: 100, compressibility: 0.01 },
      });
    const [none, pressed] = [await runAt(0, 5), await runAt(1, 6)];
    const volumes = [none, pressed].map((states) => independent(states.map(({ volume }) => volume)));
    const { slope, error } = logRatioSlope(volumes[0], volumes[1]);
    const exact = -1 / pressureUnit / (boltzmann * temperature);
    expect(Math.abs(slope - exact)).toBeLessThan(3.5 * error);
    expect(-slope).toBeGreaterThan(3.5 * error);
    const energies = independent(none.map(({ kineticEnergy }) => kineticEnergy));
    expect(kineticEnergyChance(energies, 21, temperature)).toBeGreaterThan(least);
  });

  it.each(long > 0 ? ['solid', 'liquid'] : ['solid'])(
    'has the volume and energy of LAMMPS: %s argon',
    async (name) => {
      const { temperature, pressure, edge, volume, potentialEnergy, volumeSpread } = golden[name];
      const atoms = golden[name].atoms as number;
      const system = cubicCrystal(name, 'fcc', 18, edge, 3);
      const states = await sampleEnsemble(system, createLennardJones(), {
        ...{ ensemble: 'npt', temperature, steps: long > 0 ? long : 8000, settle: 1500 },
        ...{ timestep: 4, friction: 0.005 },
        barostat: { pressure, time: 300, compressibility: 0.6 },
      });
      const blocks = (values: readonly number[]) =>
        tInterval(blockMeans(values.map((value) => value / atoms)));
      const close = (mine: ReturnType<typeof blocks>, theirs: { mean: number; error: number }) =>
        expect(Math.abs(mine.value - theirs.mean)).toBeLessThan(
          2 * (mine.high - mine.value) + 3 * theirs.error,
        );
      const volumes = blocks(states.map((state) => state.volume));
      close(volumes, volume);
      close(blocks(states.map((state) => state.potentialEnergy)), potentialEnergy);
      expect((volumes.high - volumes.value) / volumes.value).toBeLessThan(0.01);
      const spread = standardDeviation(states.map((state) => state.volume / atoms));
      expect(spread / volumeSpread.mean).toBeGreaterThan(0.7);
      expect(spread / volumeSpread.mean).toBeLessThan(1.4);
    },
  );
});

describe('the checks themselves', () => {
  it('know the gamma distribution', () => {
    expect(lowerGamma(1, 2)).toBeCloseTo(1 - Math.exp(-2), 14);
    expect(lowerGamma(0.5, 1)).toBeCloseTo(0.8427007929497149, 13);
    expect(lowerGamma(10.5, 12)).toBeCloseTo(0.7069414687414604, 9);
  });

  it('pass samples of the truth and fail others, as often as they say', () => {
    const random = createRandom(8);
    const draw = (shape: number) => {
      let sum = 0;
      for (let k = 0; k < shape; k++) sum -= Math.log(1 - random.uniform());
      return sum;
    };
    const chances = Array.from({ length: 400 }, () =>
      gammaChance(
        Array.from({ length: 200 }, () => draw(6)),
        6,
        1,
      ),
    );
    expect(chances.filter((chance) => chance < 0.1).length / 400).toBeCloseTo(0.1, 1);
    const [first, second] = [0, 0].map(() => Array.from({ length: 4000 }, () => draw(6)));
    const { slope, error } = logRatioSlope(
      first,
      second.map((x) => x / 1.25),
    );
    expect(Math.abs(slope + 0.25)).toBeLessThan(3.5 * error);
    expect(error).toBeLessThan(0.03);
  });
});

/** Of ten blocks. */
function blockMeans(values: readonly number[]): number[] {
  const size = Math.floor(values.length / 10);
  return Array.from({ length: 10 }, (_, k) => mean(values.slice(k * size, (k + 1) * size)));
}
