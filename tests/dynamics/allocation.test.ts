import { expect, it } from 'vitest';
import { runVelocityVerlet } from '../../src/dynamics/index.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import { buildSystem, drawVelocities } from '../../src/system/index.js';
import { prepareRun, silent } from '../support/physics-runs.js';

it('allocates next to nothing per step', async () => {
  const run = await prepareRun(buildSystem('si8'), createStillingerWeber(), {
    timestep: 1,
    steps: 5000,
    observer: silent,
  });
  drawVelocities(run.system, 200, 1);
  for (let k = 0; k < 4; k++) await runVelocityVerlet(run);
  const growths = [];
  for (let k = 0; k < 7; k++) {
    const before = process.memoryUsage().heapUsed;
    await runVelocityVerlet(run);
    growths.push((process.memoryUsage().heapUsed - before) / run.steps);
  }
  expect(growths.sort((a, b) => a - b)[3]).toBeLessThan(16);
});
