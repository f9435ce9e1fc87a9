// A trajectory in segments is the trajectory of `run`: the same seed, the same bits, whatever lies between segments.

import { describe, expect, it } from 'vitest';
import { beginTrajectory } from '../../src/measure/segment-trajectory.js';
import { hasSettled, warmUp } from '../../src/measure/segment-warm-up.js';
import { measureTrajectory } from '../../src/measure/trajectory.js';
import { decodeTrajectory } from '../../src/result/index.js';
import { temporaryFolder } from '../support/cli.js';
import { caseOf } from '../support/worker-talk.js';

const free = { isAborted: () => false };

async function potentialEnergies(forceField: string, steps: number, seed: number) {
  const spec = caseOf({ forceField, system: 'si64', equilibrate: 30 });
  const directory = temporaryFolder();
  const { trajectory } = await measureTrajectory(
    { ...spec, dynamics: { ...spec.dynamics, steps } },
    {
      ...free,
      seed,
      directory,
      inlineLimit: steps,
      explosionTemperature: 1e5,
      onPrepared() {},
      onProgress() {},
    },
  );
  return decodeTrajectory(trajectory, directory).columns.potentialEnergy;
}

describe('a trajectory in segments', () => {
  it.each(['stillinger-weber', 'silicon-student'])('is bit by bit that of run, with %s', async (name) => {
    const expected = await potentialEnergies(name, 60, 5);
    const spec = caseOf({ forceField: name, system: 'si64', equilibrate: 30 });
    const trajectory = await beginTrajectory(spec, { seed: 5, handicap: 0.3, ...free });
    for (const steps of [1, 7, 52]) {
      await trajectory.callUntimed(2);
      await trajectory.run(steps);
      expect(trajectory.output.energy).toBe(expected[trajectory.steps - 1]);
    }
    await trajectory.dispose();
  });

  it('tells its structure apart from others, not from itself under another seed', async () => {
    const structureOf = async (system: string, seed: number) => {
      const spec = caseOf({ forceField: 'stillinger-weber', system, equilibrate: 2 });
      const { structure, dispose } = await beginTrajectory(spec, { seed, handicap: 0, ...free });
      await dispose();
      return structure;
    };
    const first = await structureOf('si8', 1);
    expect(await structureOf('si8', 2)).toBe(first);
    expect(await structureOf('si64', 1)).not.toBe(first);
  });

  it('is another one with another seed', async () => {
    const spec = caseOf({ forceField: 'stillinger-weber', system: 'si64', equilibrate: 30 });
    const trajectory = await beginTrajectory(spec, { seed: 6, handicap: 0, ...free });
    await trajectory.run(60);
    expect(trajectory.output.energy).not.toBe((await potentialEnergies('stillinger-weber', 60, 5))[59]);
  });

  it('goes on where it stood in a fresh session with a fresh list', async () => {
    const expected = await potentialEnergies('silicon-student', 60, 5);
    const spec = caseOf({ forceField: 'silicon-student', system: 'si64', equilibrate: 30 });
    const trajectory = await beginTrajectory(spec, { seed: 5, handicap: 0, ...free });
    await trajectory.run(30);
    const { forceField, list } = trajectory;
    await trajectory.renew();
    expect(trajectory.forceField).not.toBe(forceField);
    expect(trajectory.list).not.toBe(list);
    await trajectory.callUntimed(2);
    await trajectory.run(30);
    expect(trajectory.steps).toBe(60);
    expect(trajectory.output.energy).toBeCloseTo(expected[59], 3);
    await trajectory.dispose();
  });

  it('stops when it is told to', async () => {
    const spec = caseOf({ forceField: 'stillinger-weber', system: 'si64' });
    let told = false;
    const trajectory = await beginTrajectory(spec, { seed: 5, handicap: 0, isAborted: () => told });
    setTimeout(() => {
      told = true;
    }, 20);
    await expect(trajectory.run(10_000_000)).rejects.toMatchObject({ code: 'aborted' });
    expect(trajectory.recorder.steps).toBeLessThan(10_000_000);
  });
});

describe('the warm-up', () => {
  it('drops at least ten steps, all of them NVE steps of the trajectory', async () => {
    const spec = caseOf({ forceField: 'stillinger-weber', system: 'si8' });
    const trajectory = await beginTrajectory(spec, { seed: 5, handicap: 0, ...free });
    const { steps, stepTime } = await warmUp(trajectory, 0, 1000);
    expect(steps).toBeGreaterThanOrEqual(10);
    expect(steps).toBe(trajectory.steps);
    expect(stepTime).toBeGreaterThan(0);
  });

  it('has settled when the last two windows are no faster than the two before by 2 %', () => {
    expect(hasSettled([1, 1, 1])).toBe(false);
    expect(hasSettled([9, 1, 1, 1, 1])).toBe(true);
    expect(hasSettled([1.5, 1.2, 1.1, 1.05])).toBe(false);
    expect(hasSettled([1, 1, 0.985, 0.99])).toBe(true);
    expect(hasSettled([1, 1, 0.97, 1])).toBe(false);
    expect(hasSettled([1, 1, 1.3, 1.3])).toBe(true);
  });
});
