// Energy-only files of three exporters and five architectures run NVE, with no manifest but for a list of species: what
// should be conserved is, to the order of the integrator in double and to the rounding of the energy in single precision.

import { describe, expect, it } from 'vitest';
import { runVelocityVerlet } from '../../src/dynamics/index.js';
import { createForceField } from '../../src/forcefield/index.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { drawVelocities } from '../../src/system/index.js';
import { modelFolder } from '../support/onnx-run.js';
import { goldenCasesOf, listZoo } from '../support/zoo.js';
import { zooCopy, zooSystem } from '../support/zoo-run.js';

const folder = modelFolder();
const names = [
  'schnet-legacy-index-add.onnx',
  'painn-dynamo.onnx',
  'ani-legacy-batch.onnx',
  'padded-dynamo.onnx',
  'mace-torchscript.onnx',
  'schnet-jax.onnx',
  'nequip-legacy.onnx',
];
/** fs */
const duration = 20;

/** Root mean square of the deviation of the conserved energy from its mean, eV. */
async function fluctuation(name: string, precision: 'as-is' | 'f64', timestep: number): Promise<number> {
  const file = listZoo().find((one) => one.file === name)!;
  const spec = { name: zooCopy(file, folder), provider: 'cpu', threads: 1, precision };
  const forceField = await createForceField(spec);
  const system = zooSystem(file, goldenCasesOf(file).find((one) => one.name === 'cluster of 11')!);
  drawVelocities(system, 50, 3);
  await forceField.prepare(system);
  const list = forceField.neighbors ? createNeighborList({ ...forceField.neighbors, skin: 1 }) : null;
  list?.update(system);
  const conserved: number[] = [];
  const steps = Math.round(duration / timestep);
  await runVelocityVerlet({
    ...{ system, forceField, list, timestep, steps },
    observer: {
      stepBegin() {},
      neighborsBegin() {},
      neighborsEnd() {},
      forcesBegin() {},
      forcesEnd() {},
      stepEnd(_, state) {
        conserved.push(state.conserved);
      },
      afterStep: () => false,
    },
  });
  await forceField.dispose();
  const mean = conserved.reduce((sum, value) => sum + value, 0) / steps;
  return Math.sqrt(conserved.reduce((sum, value) => sum + (value - mean) ** 2, 0) / steps);
}

describe.each(names)('%s', (name) => {
  it('conserves energy with the order of the integrator', async () => {
    const [coarse, fine] = [await fluctuation(name, 'f64', 0.4), await fluctuation(name, 'f64', 0.2)];
    expect(coarse / fine).toBeGreaterThan(3);
    expect(coarse / fine).toBeLessThan(5.5);
    const single = await fluctuation(name, 'as-is', 0.2);
    expect(Math.abs(single - fine)).toBeLessThan(2e-5);
  });
});
