import { describe, expect, it } from 'vitest';
import type { StepState } from '../../src/dynamics/index.js';
import { runLangevin } from '../../src/dynamics/index.js';
import { createLennardJones } from '../../src/forcefield/lennard-jones.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import { boltzmann, buildSystem, createSystem, drawVelocities } from '../../src/system/index.js';
import { createHarmonicWell, createRecorder, prepareRun } from '../support/physics-runs.js';

const mean = (states: readonly StepState[], key: keyof StepState) =>
  states.reduce((sum, state) => sum + state[key], 0) / states.length;

async function thermalize(temperature: number, steps: number, seed = 1, name = 'si64') {
  const system = buildSystem(name);
  drawVelocities(system, temperature, seed);
  const observer = createRecorder();
  const forceField = name.startsWith('si') ? createStillingerWeber() : createLennardJones();
  const run = await prepareRun(system, forceField, { timestep: 1, steps, observer });
  await runLangevin({ ...run, temperature, friction: 0.02, seed });
  return { system, states: observer.states };
}

it('brings a crystal from its lattice to the asked temperature', async () => {
  const { states } = await thermalize(600, 4000);
  const settled = states.slice(800);
  expect(Math.min(...states.slice(0, 60).map(({ temperature }) => temperature))).toBeLessThan(450);
  expect(Math.abs(mean(settled, 'temperature') / 600 - 1)).toBeLessThan(0.03);
  const spread = settled.map(({ temperature }) => (temperature / 600 - 1) ** 2);
  const variance = spread.reduce((sum, square) => sum + square, 0) / spread.length;
  expect(variance * (189 / 2)).toBeGreaterThan(0.6);
  expect(variance * (189 / 2)).toBeLessThan(1.5);
});

it('samples the canonical distribution of a harmonic well, position and velocity', async () => {
  const atoms = 400;
  const temperature = 300;
  const stiffness = 3;
  const system = createSystem({
    name: 'wells',
    numbers: new Array(atoms).fill(10),
    positions: new Float64Array(3 * atoms),
  });
  const observer = createRecorder();
  const run = await prepareRun(system, createHarmonicWell(stiffness), { timestep: 4, steps: 3000, observer });
  await runLangevin({ ...run, temperature, friction: 0.05, seed: 3 });
  const settled = observer.states.slice(500);
  const thermal = 0.5 * boltzmann * temperature;
  expect(Math.abs(mean(settled, 'potentialEnergy') / ((3 * atoms - 3) * thermal) - 1)).toBeLessThan(0.01);
  expect(Math.abs(mean(settled, 'temperature') / temperature - 1)).toBeLessThan(0.02);
});

it('leaves the center of mass at rest at every step', async () => {
  const { system, states } = await thermalize(900, 100);
  expect(Math.max(...states.map(({ momentum }) => momentum))).toBeLessThan(1e-11);
  for (let d = 0; d < 3; d++) {
    const total = system.velocities.reduce(
      (sum, v, k) => (k % 3 === d ? sum + system.masses[0] * v : sum),
      0,
    );
    expect(Math.abs(total)).toBeLessThan(1e-12);
  }
});

it('keeps the energy less the heat it took', async () => {
  const { states } = await thermalize(600, 500);
  const change = (key: keyof StepState) => Math.abs(states.at(-1)![key] - states[0][key]);
  const total = Math.abs(
    states.at(-1)!.potentialEnergy +
      states.at(-1)!.kineticEnergy -
      states[0].potentialEnergy -
      states[0].kineticEnergy,
  );
  expect(total).toBeGreaterThan(1);
  expect(change('conserved')).toBeLessThan(0.02);
});

describe('seeds', () => {
  it('gives the same bits for the same seed', async () => {
    expect((await thermalize(300, 60, 5)).system).toEqual((await thermalize(300, 60, 5)).system);
  });

  it('gives another trajectory for another seed', async () => {
    const [one, other] = [await thermalize(300, 5, 5), await thermalize(300, 5, 6)];
    expect(one.system.positions).not.toEqual(other.system.positions);
  });
});

it('lets one atom alone move', async () => {
  const system = createSystem({ name: 'one', numbers: [18], positions: [0, 0, 0] });
  const run = await prepareRun(system, createHarmonicWell(1), { timestep: 2, steps: 50 });
  await runLangevin({ ...run, temperature: 100, friction: 0.05, seed: 1 });
  expect(Math.hypot(...system.velocities)).toBeGreaterThan(0);
});

it.each([
  { temperature: -1 },
  { temperature: Number.NaN },
  { friction: 0 },
  { friction: Number.POSITIVE_INFINITY },
])('refuses %o', async (wrong) => {
  const run = await prepareRun(buildSystem('si8'), createStillingerWeber(), { timestep: 1, steps: 1 });
  const asked = runLangevin({ ...run, temperature: 300, friction: 0.01, seed: 1, ...wrong });
  await expect(asked).rejects.toMatchObject({ code: 'option-invalid' });
});
