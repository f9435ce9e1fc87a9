// Energy-only files as their exporters wrote them, dropped in without a manifest: energies, forces and virials against
// automatic differentiation where they were made (tests/golden/force-fields/making).

import { describe, expect, it } from 'vitest';
import { createForceField, createForceOutput, type ForceOutput } from '../../src/forcefield/index.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import type { ForceFieldSpec } from '../../src/spec/case.js';
import type { System } from '../../src/system/index.js';
import { modelFolder } from '../support/onnx-run.js';
import { type GoldenCase, goldenCasesOf, listZoo, type ZooFile } from '../support/zoo.js';
import { zooCopy, zooSystem } from '../support/zoo-run.js';

const folder = modelFolder();
const energyUnits = { eV: 1, hartree: 27.211386245988, 'kJ/mol': 0.010364269656262175 };
const lengthUnits = { angstrom: 1, nm: 10 };
/** Faults that no repair can mend: what the file computes is not the force field that it was made from. */
const lost = ['baked-atom-count', 'forces-are-not-the-gradient'];
const files = listZoo().filter(({ faults }) => !faults.some((fault) => lost.includes(fault)));
/** Constants that are rounded to single precision in the file stay so in double. */
const singleConstants = 1e-6;

/** One force field, and what it makes of one system after another. */
async function evaluator(file: ZooFile, wishes: Partial<ForceFieldSpec>) {
  const name = zooCopy(file, folder);
  const forceField = await createForceField({ name, provider: 'cpu', threads: 1, stress: true, ...wishes });
  return {
    forceField,
    async evaluate(system: System) {
      await forceField.prepare(system);
      const list = forceField.neighbors ? createNeighborList({ ...forceField.neighbors, skin: 1 }) : null;
      list?.update(system);
      const output = createForceOutput(system.numbers.length);
      await forceField.compute(system, list?.pairs ?? null, output);
      return output;
    },
  };
}

function largestError(found: ArrayLike<number>, wanted: readonly number[], scale: number): number {
  return Math.max(...wanted.map((value, k) => Math.abs(found[k]! - scale * value)));
}

/** The largest deviation of a case: energy relative to its size, forces in eV/Å, virial in tenths of eV. */
function deviation(file: ZooFile, entry: GoldenCase, output: ForceOutput): number {
  const energy = energyUnits[file.units.energy];
  const length = lengthUnits[file.units.length];
  const size = Math.max(1, Math.abs(entry.energy * energy));
  return Math.max(
    Math.abs(output.energy - entry.energy * energy) / size,
    largestError(output.forces, entry.forces, energy / length),
    largestError(output.virial, entry.strain, -energy) / 10,
  );
}

describe.each(files)('$file', (file) => {
  const cases = goldenCasesOf(file).filter(({ charge }) => charge === 0);

  it('gives energies, forces and virials of every case', async () => {
    const rounded = file.dtype === 'float32' ? 5e-5 : file.faults.includes('float32-constants') ? 1e-6 : 1e-9;
    const { forceField, evaluate } = await evaluator(file, { forces: 'autodiff' });
    expect(forceField.description.preparation!.forces).toBe('autodiff');
    for (const entry of cases) {
      expect(deviation(file, entry, await evaluate(zooSystem(file, entry))), entry.name).toBeLessThan(
        rounded,
      );
    }
    await forceField.dispose();
  });

  it.runIf(file.dtype === 'float32')('in double precision', async () => {
    const { forceField, evaluate } = await evaluator(file, { forces: 'autodiff', precision: 'f64' });
    expect(forceField.description.precision).toBe('float64');
    const output = await evaluate(zooSystem(file, cases[0]!));
    expect(deviation(file, cases[0]!, output)).toBeLessThan(singleConstants);
    await forceField.dispose();
  });
});
