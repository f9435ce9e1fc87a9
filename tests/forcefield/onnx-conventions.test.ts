// Ranks, encodings, signs and layouts that no signature covers, declared in manifest or metadata, against the closed form.

import { describe, expect, it } from 'vitest';
import { cellVolume, createSystem, type System } from '../../src/system/index.js';
import { conventionModel } from '../support/onnx-conventions.js';
import { evaluateFile, modelFolder, skewedCell } from '../support/onnx-run.js';
import { cutoff, pairTruth } from '../support/pair-potential.js';

const folder = modelFolder();
const metadata = {
  'mdbench.cutoff': `${cutoff}`,
  'mdbench.species': 'Si,H,C,O',
  'mdbench.shifts': 'integer',
  'mdbench.stress.sign': '-1',
};

describe('conventions', () => {
  it.each([
    { name: 'per atom, 3x3', voigt: false, mean: false },
    { name: 'mean per atom, Voigt', voigt: true, mean: true },
    { name: 'per atom, the order of LAMMPS', voigt: false, mean: false, lammps: true },
  ])('$name', async ({ voigt, mean, lammps = false }) => {
    const layout = { outputs: { stress: { role: 'stress', sign: -1, layout: 'lammps' } } };
    const path = writeModel('conventions', skewedCell(), { voigt, mean, lammps }, lammps ? layout : {});
    const { output, forceField } = await evaluateFile(path, skewedCell());
    const truth = pairTruth(skewedCell());
    expect(output.energy).toBeCloseTo(truth.energy, 12);
    output.forces.forEach((force, k) => {
      expect(force).toBeCloseTo(truth.forces[k], 12);
    });
    output.virial.forEach((virial, k) => {
      expect(virial).toBeCloseTo(truth.virial[k], 12);
    });
    expect(forceField.description.elements).toEqual([14, 1, 6, 8]);
    expect(forceField.description.binding.map((tensor) => tensor.role)).toEqual([
      'positions',
      'species',
      'edges',
      'cell-shifts',
      'cell',
      'atom-count',
      'constant',
      'energy',
      'forces',
      'stress',
    ]);
  });

  it('a half list has every pair once', async () => {
    const path = writeModel('half', skewedCell(), {}, { neighbors: { kind: 'half' } });
    const { output, forceField } = await evaluateFile(path, skewedCell());
    expect(forceField.neighbors).toEqual({ cutoff, kind: 'half', trimmed: true });
    expect(output.energy).toBeCloseTo(pairTruth(skewedCell()).energy / 2, 12);
  });

  it.each(['first', 'second'] as const)('the center may be the %s end of an edge', async (center) => {
    const path = writeModel(`center-${center}`, skewedCell(), {}, { neighbors: { center } });
    const { output } = await evaluateFile(path, skewedCell());
    expect(output.energy).toBeCloseTo(pairTruth(skewedCell()).energy, 12);
    expect(output.forces[4]).toBeCloseTo(pairTruth(skewedCell()).forces[4], 12);
  });
});

describe('an empty neighbor list', () => {
  const apart: System = createSystem({
    name: 'apart',
    numbers: [1, 8],
    positions: [0, 0, 0, 0, 0, 9],
    cell: [18, 0, 0, 0, 18, 0, 0, 0, 18],
    pbc: [true, true, true],
  });

  const open: System = { ...apart, name: 'open', cell: new Float64Array(9), pbc: [false, false, false] };

  describe.each(['throws', 'nan'] as const)('on which a model %s', (needsEdges) => {
    it.each([apart, open])('reaches it as one pair beyond the cutoff ($name)', async (system) => {
      const path = writeModel(`needs-${system.name}`, apart, { needsEdges });
      const { output } = await evaluateFile(path, system);
      expect(output.energy).toBe(0);
      expect(output.forces.every((force) => force === 0)).toBe(true);
    });
  });
});

function writeModel(name: string, system: System, options: object, manifest: object = {}): string {
  const path = folder.write(
    `${name}${Object.values(options).join('-')}.onnx`,
    conventionModel({ metadata, ...options }),
  );
  folder.write(`${name}${Object.values(options).join('-')}.onnx.mdbench.json`, {
    mdbench: 1,
    inputs: { volume: { constant: cellVolume(system.cell) } },
    ...((options as { mean?: boolean }).mean ? { energy: 'mean-per-atom' } : {}),
    ...manifest,
  });
  return path;
}
