// A planted slowdown: the physics stays to the last bit, the extra work is the same in every call and as much as asked.

import { describe, expect, it } from 'vitest';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { evaluationsOf, handicapForceField } from '../../src/measure/handicap.js';
import { beginTrajectory } from '../../src/measure/segment-trajectory.js';
import { warmUp } from '../../src/measure/segment-warm-up.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { quantile } from '../../src/stats/index.js';
import { buildSystem } from '../../src/system/index.js';
import { thrownBy } from '../support/thrown.js';
import { caseOf } from '../support/worker-talk.js';

const free = { seed: 3, isAborted: () => false };

async function warmTrajectory(forceField: string, handicap: number) {
  const trajectory = await beginTrajectory(caseOf({ forceField, system: 'si64' }), { ...free, handicap });
  await warmUp(trajectory, 150, 3000);
  return trajectory;
}

describe('a handicapped force field', () => {
  it('gives the forces of the one inside, before, while and after it is calibrated', async () => {
    const plain = await createForceField({ name: 'stillinger-weber', provider: 'cpu', threads: 1 });
    const system = buildSystem('si64');
    system.positions[4] += 0.3;
    await plain.prepare(system);
    const list = createNeighborList({ ...plain.neighbors!, skin: 1 });
    list.update(system);
    const expected = createForceOutput(64);
    await plain.compute(system, list.pairs, expected);
    const slow = handicapForceField(plain, 0.5);
    const check = async () => {
      const output = createForceOutput(64);
      await slow.compute(system, list.pairs, output);
      expect(output).toEqual(expected);
    };
    await check();
    expect(slow.evaluations).toBe(0);
    slow.calibrate();
    while (slow.uncalibrated > 0) await check();
    expect(slow.evaluations).toBeGreaterThan(0);
    const { evaluations } = slow;
    for (let k = 0; k < 20; k++) await check();
    expect(slow.evaluations).toBe(evaluations);
  });

  it('adds work in proportion to the share and to the time of a call', () => {
    expect(evaluationsOf(0.05, 1, 1e-5)).toBe(5000);
    expect(evaluationsOf(0.1, 1, 1e-5)).toBe(10_000);
    expect(evaluationsOf(0.05, 4, 1e-5)).toBe(20_000);
    expect(evaluationsOf(0.001, 1e-4, 1e-5)).toBe(1);
  });

  it('keeps its work in a fresh session, and needs no second calibration', async () => {
    const trajectory = await warmTrajectory('stillinger-weber', 0.2);
    const { evaluations } = trajectory.forceField;
    expect(evaluations).toBeGreaterThan(10);
    await trajectory.renew();
    expect([trajectory.forceField.evaluations, trajectory.forceField.uncalibrated]).toEqual([evaluations, 0]);
    await trajectory.dispose();
  });

  it('does nothing with a share of 0, and refuses what is no share', async () => {
    const inner = await createForceField({ name: 'null', provider: 'cpu', threads: 1 });
    const none = handicapForceField(inner, 0);
    none.calibrate();
    expect([none.evaluations, none.uncalibrated]).toEqual([0, 0]);
    for (const share of [-0.1, Number.NaN, 11])
      expect(thrownBy(() => handicapForceField(inner, share)).code).toBe('option-invalid');
  });

  it.each(['stillinger-weber', 'silicon-student'])(
    'slows the force calls of %s by about the half that is asked for',
    async (name) => {
      const plain = await warmTrajectory(name, 0);
      const steps = name === 'stillinger-weber' ? 600 : 80;
      const callTime = async (arm: typeof plain) => {
        await arm.run(steps);
        return Math.log(quantile(arm.recorder.forceCallTimes, 0.25));
      };
      const slowdowns: number[] = [];
      for (let calibration = 0; calibration < 3; calibration++) {
        const slow = await warmTrajectory(name, 0.5);
        const effects: number[] = [];
        for (let block = 0; block < 8; block++) {
          const [a1, b1] = [await callTime(plain), await callTime(slow)];
          const [b2, a2] = [await callTime(slow), await callTime(plain)];
          effects.push((b1 + b2 - a1 - a2) / 2);
        }
        slowdowns.push(Math.exp(quantile(effects, 0.5)) - 1);
        await slow.dispose();
      }
      const slowdown = quantile(slowdowns, 0.5);
      expect(slowdown).toBeGreaterThan(0.3);
      expect(slowdown).toBeLessThan(0.75);
      await plain.dispose();
    },
  );
});
