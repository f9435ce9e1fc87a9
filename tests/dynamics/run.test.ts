import { expect, it } from 'vitest';
import { runVelocityVerlet, type StepState } from '../../src/dynamics/index.js';
import { createLennardJones } from '../../src/forcefield/lennard-jones.js';
import { createNullForceField } from '../../src/forcefield/null.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { buildSystem, drawVelocities } from '../../src/system/index.js';
import {
  createDelayed,
  createHarmonicWell,
  createRecorder,
  prepareRun,
  silent,
} from '../support/physics-runs.js';

function warmSilicon() {
  const system = buildSystem('si8');
  drawVelocities(system, 500, 2);
  return system;
}

it('announces the phases of every step in order', async () => {
  const observer = createRecorder();
  const run = await prepareRun(warmSilicon(), createStillingerWeber(), {
    timestep: 1,
    steps: 3,
    skin: 0,
    observer,
  });
  expect(await runVelocityVerlet(run)).toBe(3);
  const phases = (step: number) => [
    'stepBegin',
    'neighborsBegin',
    'neighborsEnd true',
    'forcesBegin',
    'forcesEnd',
    `stepEnd ${step}`,
    `afterStep ${step}`,
  ];
  expect(observer.calls).toEqual([...phases(1), ...phases(2)]);
});

it('stops after the step that the observer ends, and says how many were done', async () => {
  const observer = createRecorder(4);
  const run = await prepareRun(warmSilicon(), createStillingerWeber(), { timestep: 1, steps: 100, observer });
  expect(await runVelocityVerlet(run)).toBe(4);
  expect(observer.states).toHaveLength(4);
});

it('waits between steps while the observer has not answered', async () => {
  const recorder = createRecorder();
  let answered = 0;
  const observer = {
    ...recorder,
    afterStep: async (step: number) => {
      await new Promise((resolve) => setImmediate(resolve));
      answered = step;
      return step === 5;
    },
    stepBegin: () => expect(answered).toBe(recorder.states.length),
  };
  const run = await prepareRun(warmSilicon(), createStillingerWeber(), { timestep: 1, steps: 9, observer });
  expect(await runVelocityVerlet(run)).toBe(5);
});

it('lets a NaN energy through to the observer, who can stop there', async () => {
  const system = warmSilicon();
  const observer = {
    ...silent,
    afterStep: (step: number, state: StepState) => {
      if (step === 3) system.positions[0] = Number.NaN;
      return Number.isNaN(state.conserved);
    },
  };
  const run = await prepareRun(system, createHarmonicWell(1), { timestep: 1, steps: 50, observer });
  expect(await runVelocityVerlet(run)).toBe(4);
});

it('gives an asynchronous force field the same trajectory, bit for bit', async () => {
  const [direct, delayed] = [warmSilicon(), warmSilicon()];
  await runVelocityVerlet(await prepareRun(direct, createStillingerWeber(), { timestep: 1, steps: 30 }));
  const forceField = createDelayed(createStillingerWeber());
  await runVelocityVerlet(await prepareRun(delayed, forceField, { timestep: 1, steps: 30 }));
  expect(delayed).toEqual(direct);
});

it('never yields to the event loop while everything is synchronous', async () => {
  let isLate = false;
  const run = await prepareRun(warmSilicon(), createStillingerWeber(), { timestep: 1, steps: 200 });
  const observer = { ...createRecorder(), afterStep: () => isLate };
  queueMicrotask(() => {
    isLate = true;
  });
  expect(await runVelocityVerlet({ ...run, observer })).toBe(200);
});

it('computes the first forces itself when none are given', async () => {
  const [given, own] = [warmSilicon(), warmSilicon()];
  const run = await prepareRun(given, createStillingerWeber(), { timestep: 1, steps: 20 });
  await runVelocityVerlet(run);
  const list = createNeighborList({ ...run.forceField.neighbors!, skin: 1 });
  await runVelocityVerlet({ system: own, forceField: run.forceField, list, timestep: 1, steps: 20 });
  expect(own).toEqual(given);
});

it('takes no step when none are asked', async () => {
  const system = warmSilicon();
  const run = await prepareRun(system, createStillingerWeber(), { timestep: 1, steps: 0 });
  expect(await runVelocityVerlet(run)).toBe(0);
  expect(system).toEqual(warmSilicon());
});

it.each([{ timestep: 0 }, { timestep: -1 }, { timestep: Number.NaN }, { steps: -1 }, { steps: 1.5 }])(
  'refuses %o',
  async (wrong) => {
    const run = {
      system: warmSilicon(),
      forceField: createNullForceField(),
      list: null,
      timestep: 1,
      steps: 1,
    };
    await expect(runVelocityVerlet({ ...run, ...wrong })).rejects.toMatchObject({ code: 'option-invalid' });
  },
);

it('refuses a force field without the list that it needs', async () => {
  const run = {
    system: buildSystem('ar108'),
    forceField: createLennardJones(),
    list: null,
    timestep: 1,
    steps: 1,
  };
  await expect(runVelocityVerlet(run)).rejects.toThrow(/lennard-jones needs a neighbor list/);
});
