// A stress in a pressure or in another energy over a volume: with its unit declared, a file whose stress output is
// multiplied into that unit gives the virial that it gave before.

import { describe, expect, it } from 'vitest';
import { differentiateForceField, inspectForceField } from '../../src/forcefield/index.js';
import { stressScale } from '../../src/forcefield/onnx/units.js';
import { cellVolume } from '../../src/system/index.js';
import { conventionModel } from '../support/onnx-conventions.js';
import { bindFile } from '../support/onnx-front.js';
import { nequipModel, zposModel } from '../support/onnx-models.js';
import { scaledOutput } from '../support/onnx-nodes.js';
import { evaluateFile, modelFolder, skewedCell } from '../support/onnx-run.js';
import { cutoff, pairTruth } from '../support/pair-potential.js';

const folder = modelFolder();
const truth = pairTruth(skewedCell());
const metadata = { 'mdbench.cutoff': `${cutoff}` };
let files = 0;

/** Å³ in m³ and eV in J: the definitions, apart from the constant that the product has. */
const inPascal = 1.602176634e-19 / 1e-30;
const units = [
  { unit: 'GPa', factor: inPascal / 1e9 },
  { unit: 'MPa', factor: inPascal / 1e6 },
  { unit: 'kbar', factor: inPascal / 1e8 },
  { unit: 'bar', factor: inPascal / 1e5 },
  { unit: 'kcal/mol/angstrom^3', factor: 23.060547830619 },
  { unit: 'hartree/bohr³', factor: 0.529177210903 ** 3 / 27.211386245988 },
  { unit: 'kJ/mol/nm^3', factor: 96.48533212331002 * 1000 },
];

describe.each(units)('$unit', ({ unit, factor }) => {
  const nequip = nequipModel({ type: 'float64', metadata: { ...metadata, 'mdbench.species': 'H,C,O' } });

  it('from the metadata, +dE/dε/V in 3x3', async () => {
    const path = write(scaledOutput(nequip, 'stress', factor, { 'mdbench.units.stress': unit }));
    await expectTruth(path);
  });

  it('from a manifest, −dE/dε/V in the order of LAMMPS', async () => {
    const species = { 'mdbench.species': 'Si,H,C,O', 'mdbench.shifts': 'integer' };
    const model = conventionModel({ metadata: { ...metadata, ...species }, lammps: true });
    const path = write(scaledOutput(model, 'stress', factor), {
      mdbench: 1,
      units: { stress: unit },
      inputs: { volume: { constant: cellVolume(skewedCell().cell) } },
      outputs: { stress: { role: 'stress', sign: -1, layout: 'lammps' } },
    });
    await expectTruth(path);
  });

  it('without it the virial is another', async () => {
    const { output } = await evaluateFile(write(scaledOutput(nequip, 'stress', factor)), skewedCell());
    expect(Math.abs(output.virial[0]! / truth.virial[0]! - 1)).toBeGreaterThan(0.3);
  });
});

it.each(['N', 'eV', 'eV/angstrom', 'eV/angstrom^2', 'eV/angstrom^3^3', '/angstrom^3', 'eV/pc^3'])(
  '%s is none',
  async (unit) => {
    expect(stressScale(unit)).toBeUndefined();
    const path = write(nequipModel(), { mdbench: 1, units: { stress: unit } });
    const { refusal } = await inspectForceField(path);
    expect(refusal).toMatchObject({
      code: 'manifest-invalid',
      message: expect.stringContaining(`stress in "${unit}"; expected GPa`),
    });
  },
);

it('forces and stress that are derived are in the units of energy and length, whatever the file had', async () => {
  const units = { energy: 'kcal/mol', force: 'eV/bohr', stress: 'GPa' } as const;
  const path = write(zposModel({ type: 'float64', forces: false }), { mdbench: 1, units });
  const derived = await differentiateForceField(path, `${folder.path}/derived.onnx`, { stress: true });
  expect(derived.binding.units).toEqual(
    bindFile(write(zposModel(), { mdbench: 1, units: { length: 'angstrom', energy: 'kcal/mol' } })).binding
      .units,
  );
});

async function expectTruth(path: string): Promise<void> {
  const { output } = await evaluateFile(path, skewedCell());
  expect(output.energy).toBeCloseTo(truth.energy, 11);
  output.virial.forEach((virial, k) => {
    expect(virial).toBeCloseTo(truth.virial[k]!, 11);
  });
}

function write(bytes: Uint8Array, manifest?: object): string {
  const name = `stress${files++}.onnx`;
  if (manifest) folder.write(`${name}.mdbench.json`, manifest);
  return folder.write(name, bytes);
}
