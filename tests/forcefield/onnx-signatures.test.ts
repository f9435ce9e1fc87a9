// Each input signature against the closed form of the potential that its test model computes.

import { describe, expect, it } from 'vitest';
import type { ForceOutput } from '../../src/forcefield/index.js';
import { createSystem, type System } from '../../src/system/index.js';
import {
  maceModel,
  nequipModel,
  openmmModel,
  schnetModel,
  sevennetModel,
  zposModel,
} from '../support/onnx-models.js';
import { evaluateFile, modelFolder, openMolecule, skewedCell } from '../support/onnx-run.js';
import { cutoff, pairTruth, type Truth } from '../support/pair-potential.js';

const folder = modelFolder();
const hco = { 'mdbench.species': 'H,C,O', 'mdbench.cutoff': `${cutoff}` };
const partlyPeriodic: System = { ...skewedCell(), name: 'slab', pbc: [true, true, false] };

const edgeModels = [
  { id: 'schnet', model: schnetModel, metadata: { r_max: `${cutoff}` } },
  { id: 'mace', model: maceModel, metadata: { atomic_numbers: '[1, 6, 8]', r_max: `${cutoff}` } },
  { id: 'nequip', model: nequipModel, metadata: hco },
  { id: 'sevennet', model: sevennetModel, metadata: hco },
] as const;

describe.each(edgeModels)('$id', ({ id, model, metadata }) => {
  describe.each(['float32', 'float64'] as const)('%s', (type) => {
    it.each(['int64', 'int32'] as const)('is exact in a skewed periodic cell with %s', async (integers) => {
      const path = folder.write(`${id}-${type}-${integers}.onnx`, model({ type, integers, metadata }));
      const { output, forceField } = await evaluateFile(path, skewedCell());
      expectTruth(output, pairTruth(skewedCell()), type);
      expect(forceField.neighbors).toEqual({ cutoff, kind: 'full', trimmed: true });
      expect(forceField.description.settings.signature).toBe(id);
      expect(forceField.description.precision).toBe(type);
    });

    it.each([openMolecule(), partlyPeriodic])('is exact in the $name system', async (system) => {
      const path = folder.write(`${id}-${type}.onnx`, model({ type, metadata }));
      const { output } = await evaluateFile(path, system);
      expectTruth(output, pairTruth(system), type);
    });
  });

  it('takes an empty neighbor list', async () => {
    const path = folder.write(`${id}-empty.onnx`, model({ type: 'float64', metadata }));
    const lone = createSystem({ name: 'apart', numbers: [1, 8], positions: [0, 0, 0, 0, 0, 40] });
    const { output } = await evaluateFile(path, lone);
    expect(output.energy).toBe(0);
    expect([...output.forces].every((force) => Object.is(force, 0) || Object.is(force, -0))).toBe(true);
  });
});

describe('models that find their own neighbors', () => {
  it.each(['float32', 'float64'] as const)('zpos %s runs open systems', async (type) => {
    const { output, forceField } = await evaluateFile(
      folder.write(`zpos-${type}.onnx`, zposModel({ type })),
      openMolecule(),
    );
    const truth = pairTruth(openMolecule());
    expectTruth(output, { ...truth, virial: output.virial }, type);
    expect(forceField.neighbors).toBeNull();
    expect(output.virial.every(Number.isNaN)).toBe(true);
  });

  it.each(['float32', 'float64'] as const)('openmm %s runs nm and kJ/mol, with a box', async (type) => {
    const path = folder.write(`openmm-${type}.onnx`, openmmModel({ type }));
    const periodic = createSystem({
      name: 'cubic',
      numbers: [18, 18, 18],
      positions: [0.5, 0.4, 0.3, 8.1, 0.2, 7.9, 3.1, 2.2, 0.1],
      cell: [9, 0, 0, 0, 8.5, 0, 0, 0, 8.2],
      pbc: [true, true, true],
    });
    for (const system of [
      periodic,
      { ...periodic, cell: new Float64Array(9), pbc: [false, false, false] as const },
    ]) {
      const { output, forceField } = await evaluateFile(path, system);
      expectTruth(output, { ...pairTruth(system, () => 1), virial: output.virial }, type);
      expect(forceField.description.assumed).toContain('units.length=nm');
    }
  });
});

describe('element types', () => {
  it('mixes float32 and float64 freely', async () => {
    const metadata = { r_max: `${cutoff}` };
    const model = schnetModel({ type: 'float64', forcesType: 'float32', metadata });
    const { output } = await evaluateFile(folder.write('mixed.onnx', model), skewedCell());
    const truth = pairTruth(skewedCell());
    expect(Math.abs(output.energy / truth.energy - 1)).toBeLessThan(1e-13);
    expectTruth(output, truth, 'float32');
  });

  it('turns the sign of a gradient', async () => {
    const metadata = { atomic_numbers: '1 6 8', r_max: `${cutoff}` };
    const model = maceModel({ type: 'float64', output: 'gradient', metadata });
    const { output } = await evaluateFile(folder.write('gradient.onnx', model), skewedCell());
    expectTruth(output, pairTruth(skewedCell()), 'float64');
  });
});

function expectTruth(output: ForceOutput, truth: Truth, type: 'float32' | 'float64'): void {
  const rounding = type === 'float32' ? 4e-6 : 1e-13;
  const largest = Math.max(...truth.forces.map(Math.abs));
  expect(Math.abs(output.energy - truth.energy)).toBeLessThan(rounding * Math.max(1, Math.abs(truth.energy)));
  expect(largestDifference(output.forces, truth.forces)).toBeLessThan(rounding * largest);
  const finite = output.virial.map((value, k) =>
    Number.isNaN(value) && Number.isNaN(truth.virial[k]) ? 0 : value,
  );
  const expected = truth.virial.map((value) => (Number.isNaN(value) ? 0 : value));
  expect(largestDifference(finite, expected)).toBeLessThan(rounding * Math.max(1, ...expected.map(Math.abs)));
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, k) => Math.max(largest, Math.abs(value - b[k])), 0);
}
