import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runVelocityVerlet } from '../../src/dynamics/index.js';
import { createLennardJones } from '../../src/forcefield/lennard-jones.js';
import { createNullForceField } from '../../src/forcefield/null.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import {
  accelerationUnit,
  buildSystem,
  createSystem,
  drawVelocities,
  kineticEnergy,
} from '../../src/system/index.js';
import type { System } from '../../src/system/system.js';
import { largestDifference } from '../support/physics.js';
import { createHarmonicWell, createRecorder, fluctuation, prepareRun } from '../support/physics-runs.js';

function warm(name: string, temperature: number, seed = 1): System {
  const system = buildSystem(name);
  drawVelocities(system, temperature, seed);
  return system;
}

describe('against exact solutions', () => {
  it('moves a free atom in a straight line, unwrapped', async () => {
    const system = createSystem({
      name: 'free',
      numbers: [18],
      positions: [1, 2, 3],
      velocities: [0.01, -0.02, 0.03],
      cell: [5, 0, 0, 0, 5, 0, 0, 0, 5],
      pbc: [true, true, true],
    });
    await runVelocityVerlet({
      system,
      forceField: createNullForceField(),
      list: null,
      timestep: 2,
      steps: 500,
    });
    expect(largestDifference(system.positions, [11, -18, 33])).toBeLessThan(1e-11);
  });

  it('follows the discrete solution of the harmonic oscillator', async () => {
    const stiffness = 2;
    const mass = 20;
    const timestep = 3;
    const system = createSystem({
      name: 'oscillator',
      numbers: [10],
      masses: [mass],
      positions: [0.5, 0, 0],
      velocities: [0, 0.02, 0],
    });
    const run = await prepareRun(system, createHarmonicWell(stiffness), { timestep, steps: 200 });
    await runVelocityVerlet(run);
    const omega = Math.sqrt((stiffness / mass) * accelerationUnit);
    const phase = 200 * 2 * Math.asin((omega * timestep) / 2);
    const amplitude = 0.02 / (omega * Math.sqrt(1 - (omega * timestep) ** 2 / 4));
    expect(system.positions[0]).toBeCloseTo(0.5 * Math.cos(phase), 11);
    expect(system.positions[1]).toBeCloseTo(amplitude * Math.sin(phase), 11);
  });

  it('follows ASE over 100 steps of Lennard-Jones', async () => {
    const golden = JSON.parse(readFileSync(new URL('../golden/trajectory.json', import.meta.url), 'utf8'));
    const system = createSystem({
      ...golden,
      name: 'argon32',
      numbers: new Array(32).fill(golden.number),
      masses: new Array(32).fill(golden.mass),
    });
    const recorder = createRecorder();
    const run = await prepareRun(system, createLennardJones(), {
      timestep: golden.timestep,
      steps: 25,
      skin: 0.4,
      observer: recorder,
    });
    for (const frame of golden.frames) {
      await runVelocityVerlet(run);
      const state = recorder.states.at(-1)!;
      expect(largestDifference(system.positions, frame.positions)).toBeLessThan(1e-9);
      expect(largestDifference(system.velocities, frame.velocities)).toBeLessThan(1e-11);
      expect(Math.abs(state.potentialEnergy - frame.potentialEnergy)).toBeLessThan(1e-9);
      expect(Math.abs(state.kineticEnergy / frame.kineticEnergy - 1)).toBeLessThan(1e-9);
    }
  });
});

describe('what it keeps', () => {
  it('conserves energy with a fluctuation of second order in the timestep, Stillinger–Weber', async () => {
    const forceField = createStillingerWeber();
    const start = warm('si64', 600);
    await runVelocityVerlet(await prepareRun(start, forceField, { timestep: 1, steps: 400 }));
    const fluctuations = [];
    for (const timestep of [2, 1, 0.5]) {
      const observer = createRecorder();
      const system = structuredClone(start);
      await runVelocityVerlet(
        await prepareRun(system, forceField, { timestep, steps: 1000 / timestep, observer }),
      );
      fluctuations.push(fluctuation(observer.states));
    }
    for (const k of [0, 1]) {
      const ratio = fluctuations[k] / fluctuations[k + 1];
      expect(ratio).toBeGreaterThan(3.8);
      expect(ratio).toBeLessThan(4.2);
    }
  });

  it.each([
    ['shifted', 2e-7],
    ['switched', 1.5e-7],
  ] as const)('conserves the energy of 256 argon atoms at 2 fs as LAMMPS does, %s', async (cut, limit) => {
    const forceField = createLennardJones({ cut });
    const system = warm('ar256', 190);
    await runVelocityVerlet(await prepareRun(system, forceField, { timestep: 2, steps: 500 }));
    const observer = createRecorder();
    await runVelocityVerlet(await prepareRun(system, forceField, { timestep: 2, steps: 2500, observer }));
    const { states } = observer;
    expect(fluctuation(states) / 256).toBeLessThan(limit);
    const slope = (states.at(-1)!.conserved - states[0].conserved) / 256 / 5;
    expect(Math.abs(slope)).toBeLessThan(1e-7);
  });

  it('keeps the total momentum at zero', async () => {
    const observer = createRecorder();
    const run = await prepareRun(warm('si64', 900), createStillingerWeber(), {
      timestep: 1,
      steps: 500,
      observer,
    });
    await runVelocityVerlet(run);
    expect(Math.max(...observer.states.map(({ momentum }) => momentum))).toBeLessThan(1e-12);
  });

  it('runs backwards to where it came from', async () => {
    const start = warm('ar108', 120);
    const system = structuredClone(start);
    const run = await prepareRun(system, createLennardJones(), { timestep: 2, steps: 300 });
    await runVelocityVerlet(run);
    expect(largestDifference(system.positions, start.positions)).toBeGreaterThan(0.5);
    system.velocities.forEach((v, k) => {
      system.velocities[k] = -v;
    });
    await runVelocityVerlet(run);
    expect(largestDifference(system.positions, start.positions)).toBeLessThan(1e-9);
  });
});

describe('what must not matter', () => {
  async function trajectory(skin: number, timesteps = 150): Promise<{ system: System; rebuilds: number }> {
    const system = warm('ar108', 200);
    const run = await prepareRun(system, createLennardJones(), { timestep: 2, steps: timesteps, skin });
    await runVelocityVerlet(run);
    return { system, rebuilds: run.list!.rebuilds };
  }

  it('gives the same bits for the same start', async () => {
    expect((await trajectory(1)).system).toEqual((await trajectory(1)).system);
  });

  it('is independent of the skin to rounding', async () => {
    const thin = await trajectory(0.2);
    const thick = await trajectory(2.5);
    expect(thin.rebuilds).toBeGreaterThan(5);
    expect(thick.rebuilds).toBeLessThan(3);
    expect(largestDifference(thin.system.positions, thick.system.positions)).toBeLessThan(1e-10);
  });

  it('continues a run in pieces with the same bits', async () => {
    const whole = warm('si8', 300);
    await runVelocityVerlet(await prepareRun(whole, createStillingerWeber(), { timestep: 1, steps: 60 }));
    const pieces = warm('si8', 300);
    const run = await prepareRun(pieces, createStillingerWeber(), { timestep: 1, steps: 20 });
    for (let k = 0; k < 3; k++) await runVelocityVerlet(run);
    expect(pieces).toEqual(whole);
  });
});

it('tells the kinetic energy, temperature and conserved energy of the same instant', async () => {
  const system = warm('si8', 300);
  const observer = createRecorder();
  const run = await prepareRun(system, createStillingerWeber(), { timestep: 1, steps: 7, observer });
  await runVelocityVerlet(run);
  const state = observer.states.at(-1)!;
  expect(state.kineticEnergy).toBeCloseTo(kineticEnergy(system), 13);
  expect(state.potentialEnergy).toBe(run.output.energy);
  expect(state.conserved).toBe(state.potentialEnergy + state.kineticEnergy);
  expect(state.temperature).toBeCloseTo((2 * state.kineticEnergy) / (21 * 8.617333262e-5), 8);
});
