// A second neighbor matrix with a longer cutoff of its own, as AIMNet2's nbmat_lr: each matrix holds the pairs within its
// cutoff and no other, forces and virial are derived through both, and without the second cutoff the file is refused.

import { expect, it } from 'vitest';
import { annotateForceField } from '../../src/forcefield/index.js';
import { systemFeeds } from '../../src/forcefield/onnx/system-feeds.js';
import { bruteForcePairs, emptyPairs } from '../../src/neighbors/index.js';
import type { System } from '../../src/system/index.js';
import { longMatrixModel, matrixModel } from '../support/onnx-forms.js';
import { bindFile, differences, runBound } from '../support/onnx-front.js';
import { evaluateField, modelFolder, openMolecule, skewedCell } from '../support/onnx-run.js';
import { cutoff, pairTruth } from '../support/pair-potential.js';
import { thrownBy } from '../support/thrown.js';

const folder = modelFolder();
const long = 7;
const both = { mdbench: 1, cutoff, longCutoff: long };
let files = 0;

const cases = [
  { periodic: true, system: skewedCell() },
  { periodic: true, system: openMolecule() },
  { periodic: false, system: openMolecule() },
];

it.each(cases)('shifts: $periodic, $system.name', async ({ periodic, system }) => {
  const path = write(longMatrixModel(long, { periodic }), both);
  const truth = longTruth(system);
  const run = runBound(path, system);
  expect(run.energy(system)).toBeCloseTo(truth.energy, 10);
  expectNear(differences(run, system).forces, truth.forces, 1e-7);
  const spec = { name: path, provider: 'cpu', threads: 1, stress: true } as const;
  const { output, forceField } = await evaluateField(spec, system);
  expect(forceField.neighbors).toEqual({ cutoff: long, kind: 'full', trimmed: true });
  expect(forceField.description.cutoff).toBe(long);
  expect(output.energy).toBeCloseTo(truth.energy, 10);
  expectNear(output.forces, truth.forces, 1e-11);
  if (periodic) expectNear(output.virial, truth.virial, 1e-11);
});

it.each(cases)(
  'each matrix has the pairs within its own cutoff: $periodic, $system.name',
  ({ periodic, system }) => {
    const { binding } = bindFile(write(longMatrixModel(long, { periodic }), both));
    expect(binding).toMatchObject({
      signature: 'aimnet',
      cutoff: { value: cutoff, source: 'manifest' },
      longCutoff: { value: long, source: 'manifest' },
      boundaries: periodic ? 'host' : 'none',
    });
    const feeds = systemFeeds(binding, system);
    const filled = (name: string) =>
      Array.from(feeds[name]!.data, Number).filter((index) => index !== system.numbers.length).length;
    expect(filled('nbmat')).toBe(pairsWithin(cutoff, system));
    expect(filled('nbmat_lr')).toBe(pairsWithin(long, system));
    expect(filled('nbmat_lr')).toBeGreaterThan(filled('nbmat'));
  },
);

it('widths and units are those of each matrix', () => {
  const bohr = 0.529177210903;
  const system = skewedCell();
  const scaled = { ...system, positions: times(system.positions, bohr), cell: times(system.cell, bohr) };
  const path = write(longMatrixModel(long, { periodic: true, width: 300 }), {
    ...both,
    units: { length: 'bohr' },
  });
  const run = runBound(path, scaled);
  expect(run.binding.longCutoff!.value).toBeCloseTo(long * bohr, 12);
  expect(run.energy(scaled)).toBeCloseTo(longTruth(system).energy, 9);
  const narrow = runBound(write(longMatrixModel(long, { periodic: true, width: 40 }), both), system);
  expect(() => narrow.energy(system)).toThrow(/An atom has \d+ neighbors.*has room for 40/);
});

it.each([
  ['the key of mdbench', { 'mdbench.cutoff.long': `${long}` }],
  ["AIMNet2's key", { cutoff_lr: `${long}` }],
])('the second cutoff may be in the metadata, by %s, and is annotated', async (_, metadata) => {
  const bytes = longMatrixModel(long, { metadata: { ...metadata, cutoff: `${cutoff}` } });
  const path = write(bytes);
  expect(bindFile(path).binding.longCutoff).toEqual({ value: long, source: 'metadata' });
  const { binding, metadata: written } = await annotateForceField(path, `${path}.annotated.onnx`);
  expect(written).toMatchObject({ 'mdbench.cutoff.long': `${long}` });
  expect(binding.longCutoff).toEqual({ value: long, source: 'metadata' });
});

it('is refused without its cutoff, with the manifest to write', () => {
  const path = write(longMatrixModel(long), { mdbench: 1, cutoff });
  const refusal = thrownBy(() => bindFile(path)) as Error & { hint: string };
  expect(refusal).toMatchObject({
    code: 'unbindable-inputs',
    message: expect.stringContaining(
      'the cutoff of its second neighbor matrix `nbmat_lr` is not known (`longCutoff`)',
    ),
  });
  const { hint } = refusal;
  const manifest = JSON.parse(hint.slice(hint.indexOf('\n{\n'), hint.indexOf('\n}\n') + 2));
  expect(manifest).toMatchObject({ cutoff, longCutoff: null, inputs: { nbmat_lr: 'long-neighbor-matrix' } });
  folder.write(`${path.split('/').at(-1)}.mdbench.json`, { ...manifest, longCutoff: long });
  expect(bindFile(path).binding.longCutoff!.value).toBe(long);
});

it.each([
  [
    'below the first one',
    longMatrixModel(long),
    { ...both, longCutoff: 3 },
    /`longCutoff` is 3 Å, below its cutoff of 4 Å/,
  ],
  ['of no matrix', matrixModel(), both, /`longCutoff` is declared, but no input is a second neighbor matrix/],
  [
    'of the only matrix',
    longMatrixModel(long),
    { ...both, inputs: { nbmat: { constant: 0 } } },
    /there is a second neighbor matrix but no first one/,
  ],
])('a second cutoff %s is refused', (_, bytes, manifest, message) => {
  expect(() => bindFile(write(bytes, manifest))).toThrow(message);
});

/** In lengths of which the first cutoff is the second one, the closed form is that of the second matrix. */
function longTruth(system: System) {
  const scale = cutoff / long;
  const near = pairTruth(system);
  const far = pairTruth({
    ...system,
    positions: times(system.positions, scale),
    cell: times(system.cell, scale),
  });
  return {
    energy: near.energy + far.energy,
    forces: near.forces.map((force, k) => force + scale * far.forces[k]!),
    virial: near.virial.map((virial, k) => virial + far.virial[k]!),
  };
}

function pairsWithin(distance: number, system: System): number {
  const pairs = emptyPairs();
  bruteForcePairs(system, distance, 'full', pairs);
  return pairs.count;
}

function times(values: Float64Array, by: number): Float64Array {
  return values.map((value) => value * by);
}

function expectNear(found: Float64Array, expected: Float64Array, tolerance: number): void {
  const largest = found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k]!)), 0);
  expect(found.length).toBe(expected.length);
  expect(largest).toBeLessThan(tolerance);
}

function write(bytes: Uint8Array, manifest?: object): string {
  const name = `long${files++}.onnx`;
  if (manifest) folder.write(`${name}.mdbench.json`, manifest);
  return folder.write(name, bytes);
}
