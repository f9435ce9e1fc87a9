// Force fields keep nothing of an old cell: through a series of cells one of them says what a fresh one says in each.

import { expect, it } from 'vitest';
import { createForceField, createForceOutput, type ForceField } from '../../src/forcefield/index.js';
import { createNeighborList, type NeighborList } from '../../src/neighbors/index.js';
import { buildSystem, type System } from '../../src/system/index.js';
import { largestDifference, rattled, transformed } from '../support/physics.js';

const cells = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [1.03, 0, 0, 0, 1.03, 0, 0, 0, 1.03],
  [0.96, 0, 0, 0, 0.96, 0, 0, 0, 0.96],
  [1.02, 0.03, 0, 0, 0.99, 0.01, 0, 0, 1.01],
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
];

it.each([
  ['lennard-jones', 'ar108', 1e-11, 1e-7],
  ['lennard-jones-switched', 'ar108', 1e-11, 1e-7],
  ['lennard-jones-plain', 'ar108', 1e-11, null],
  ['stillinger-weber', 'si8', 1e-11, 1e-7],
  ['null', 'si8', 0, 1e-12],
  ['silicon-student', 'si8', 2e-5, 3e-3],
  ['silicon-teacher', 'si8', 2e-5, 3e-3],
] as const)('%s on %s', async (name, systemName, rounding, gradient) => {
  const start = rattled(buildSystem(systemName), 0.08, 5);
  const kept = await followed(name, start);
  for (const matrix of cells) {
    const system = transformed(start, matrix);
    const [now, fresh] = [kept.at(system), (await followed(name, system)).at(system)];
    expect(Math.abs(now.energy - fresh.energy)).toBeLessThanOrEqual(rounding * Math.abs(fresh.energy));
    expect(largestDifference(now.forces, fresh.forces)).toBeLessThanOrEqual(100 * rounding);
    expect(largestDifference(now.virial, fresh.virial)).toBeLessThanOrEqual(1000 * rounding);
    if (gradient === null) continue;
    const step = rounding > 1e-8 ? 2e-3 : 1e-6;
    const trace = now.virial[0] + now.virial[4] + now.virial[8];
    const wide = (stretched(system, 2 * step) - stretched(system, -2 * step)) / (4 * step);
    const near = (stretched(system, step) - stretched(system, -step)) / (2 * step);
    const slope = (4 * near - wide) / 3;
    expect(Math.abs(trace + slope)).toBeLessThan(gradient * Math.max(1, Math.abs(fresh.energy)));
  }
  function stretched(system: System, by: number): number {
    const s = 1 + by;
    return kept.at(transformed(system, [s, 0, 0, 0, s, 0, 0, 0, s])).energy;
  }
});

/** One force field and one list for whatever comes. */
async function followed(name: string, start: System) {
  const forceField: ForceField = await createForceField({ name, provider: 'cpu', threads: 1 });
  await forceField.prepare(start);
  const list: NeighborList | null = forceField.neighbors
    ? createNeighborList({ ...forceField.neighbors, skin: 1 })
    : null;
  return {
    at(system: System) {
      const output = createForceOutput(system.numbers.length);
      list?.update(system);
      forceField.compute(system, list?.pairs ?? null, output);
      return output;
    },
  };
}
