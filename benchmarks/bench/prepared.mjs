// A trajectory ready to run: system with velocities, force field, list, forces. Å, fs, K.

import { computeForces } from '../../dist/dynamics/index.js';
import { createForceField, createForceOutput } from '../../dist/forcefield/index.js';
import { createNeighborList } from '../../dist/neighbors/index.js';
import { buildSystem, drawVelocities } from '../../dist/system/index.js';

export async function prepareTrajectory({
  forceField: name,
  system: systemName,
  temperature,
  timestep,
  skin = 1,
}) {
  const system = buildSystem(systemName);
  drawVelocities(system, temperature, 1);
  const forceField = await createForceField({ name, provider: 'cpu', threads: 1 });
  await forceField.prepare(system);
  const list = forceField.neighbors && createNeighborList({ ...forceField.neighbors, skin });
  const output = createForceOutput(system.numbers.length);
  await computeForces(system, forceField, list, output);
  return { system, forceField, list, timestep, output };
}
