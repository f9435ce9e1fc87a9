// What the recorder calls what: columns, regions that add up, and no growth from its own recording.

import { describe, expect, it } from 'vitest';
import { runVelocityVerlet } from '../../src/dynamics/index.js';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { createColdCalls } from '../../src/measure/cold-calls.js';
import { createRecorder } from '../../src/measure/recorder.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { buildSystem, drawVelocities } from '../../src/system/index.js';

async function recorded(steps: number, stopAt = Number.POSITIVE_INFINITY) {
  const system = buildSystem('si64');
  const forceField = await createForceField({ name: 'stillinger-weber', provider: 'cpu', threads: 1 });
  await forceField.prepare(system);
  drawVelocities(system, 600, 3);
  const list = createNeighborList({ ...forceField.neighbors!, skin: 0.3 });
  const output = createForceOutput(64);
  list.update(system);
  await forceField.compute(system, list.pairs, output);
  list.resetCounters();
  const cold = createColdCalls();
  const recorder = createRecorder(steps, cold, (step) => step >= stopAt);
  const begun = performance.now();
  await runVelocityVerlet({ system, forceField, list, output, timestep: 1, steps, observer: recorder });
  return { recorder, cold, list, elapsed: performance.now() - begun };
}

describe('the recorder', () => {
  it('splits the whole step into parts that never exceed it', async () => {
    const { recorder, elapsed } = await recorded(400);
    const { stepTime, forceCallTime, listTime } = recorder.columns();
    const total = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);
    const parts = total(forceCallTime) + total(listTime) + recorder.integrateTotal(400);
    expect(parts).toBeLessThan(total(stepTime));
    expect(total(stepTime)).toBeLessThan(elapsed);
    expect(stepTime.every((time, k) => time > forceCallTime[k] + listTime[k])).toBe(true);
  });

  it('keeps energies and temperature of each step', async () => {
    const { recorder } = await recorded(50);
    const { conserved, kineticEnergy, potentialEnergy, temperature } = recorder.columns();
    for (let k = 0; k < 50; k++) {
      expect(conserved[k]).toBe(kineticEnergy[k] + potentialEnergy[k]);
      expect(temperature[k]).toBeCloseTo((2 * kineticEnergy[k]) / (3 * 63 * 8.617333262145e-5), 6);
    }
  });

  it('notes the steps at which the list was rebuilt, as many as the list counts', async () => {
    const { recorder, list } = await recorded(400);
    expect(list.rebuilds).toBeGreaterThan(2);
    expect(recorder.rebuildSteps).toHaveLength(list.rebuilds);
  });

  it('cuts its columns to the steps that were done, and keeps ten cold calls', async () => {
    const { recorder, cold } = await recorded(100, 37);
    expect(recorder.steps).toBe(37);
    expect(recorder.columns().stepTime).toHaveLength(37);
    expect(cold.times).toEqual([...recorder.columns().forceCallTime.subarray(0, 10)]);
  });
});
