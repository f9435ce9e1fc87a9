// Every file of the zoo gives the golden energy in ONNX Runtime, or fails to as its faults say.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadedSession, loadSession } from '../../src/forcefield/onnx/session.js';
import { type GoldenCase, goldenCasesOf, goldenFeeds, listZoo, type ZooFile } from '../support/zoo.js';

const zoo = listZoo();
const runs = zoo.filter((file) => file.energy !== 'refused');

describe.each(runs)('$file', (file) => {
  let loaded: LoadedSession;
  beforeAll(() => {
    loaded = loadSession({ path: file.path }, 'cpu', 1);
  });
  afterAll(() => loaded.session.dispose());

  const cases = goldenCasesOf(file);
  const outputs = Object.keys(file.outputs);
  const run = (golden: GoldenCase) =>
    loaded.session.run(
      goldenFeeds(file, golden),
      Object.fromEntries(outputs.map((name) => [name, null] as const)),
    );
  const energyError = (golden: GoldenCase) => {
    const energy = Number(run(golden)[outputs[0]!]!.data[0]);
    return Math.abs(energy - golden.energy) / Math.max(1, Math.abs(golden.energy));
  };

  it(`gives energies that are ${file.energy}`, () => {
    expect(cases.map((golden) => golden.name)).toEqual(file.cases);
    const worst = Math.max(...cases.map(energyError));
    if (file.energy === 'right') expect(worst).toBeLessThan(file.tolerance);
    else expect(worst).toBeGreaterThan(1e-2);
  });

  it.runIf(outputs.includes('forces'))('gives the forces of its own head', () => {
    for (const golden of cases) {
      const forces = Array.from(run(golden).forces!.data as Float32Array);
      const expected = golden.forcesOutput ?? golden.forces;
      expect(forces).toHaveLength(expected.length);
      expect(Math.max(...forces.map((force, k) => Math.abs(force - expected[k]!)))).toBeLessThan(5e-5);
    }
  });
});

it.each(zoo.filter((file) => file.energy === 'refused'))('$file does not load', (file) => {
  expect(() => loadSession({ path: file.path }, 'cpu', 1)).toThrow(/EyeLike/);
});

it('holds each architecture from two exporters, in both precisions, and each fault', () => {
  const exporters = (name: string) => new Set(soundFiles(name).map((file) => file.exporter));
  for (const name of [
    'schnet',
    'painn',
    'ani',
    'zpos',
    'padded',
    'padded-periodic',
    'mace',
    'nequip',
    'argon',
  ])
    expect(exporters(name).size, name).toBeGreaterThanOrEqual(2);
  expect(new Set(runs.map((file) => file.dtype))).toEqual(new Set(['float32', 'float64']));
  expect(runs.some((file) => file.operators.includes('If'))).toBe(true);
  expect(runs.some((file) => file.functions > 0)).toBe(true);
  expect(new Set(zoo.flatMap((file) => file.faults))).toEqual(
    new Set([
      'scatter-without-reduction',
      'scatter-nd-without-reduction',
      'scatter-nd-add-races',
      'baked-atom-count',
      'eye-like-of-booleans',
      'float32-constants',
      'forces-are-not-the-gradient',
    ]),
  );
});

it('has golden forces that add up to nothing, and cases of one atom and of no edges', () => {
  for (const file of zoo) {
    for (const golden of goldenCasesOf(file)) {
      const sums = [0, 1, 2].map((axis) =>
        golden.forces.reduce((sum, f, k) => (k % 3 === axis ? sum + f : sum), 0),
      );
      expect(Math.max(...sums.map(Math.abs))).toBeLessThan(1e-11);
    }
  }
  const edges = goldenCasesOf(zoo[0]!).map((golden) => golden.inputs._idx_i!.dims[0]);
  expect(edges).toContain(0);
});

function soundFiles(architecture: string): ZooFile[] {
  return runs.filter((file) => file.architecture === architecture && file.energy === 'right');
}
