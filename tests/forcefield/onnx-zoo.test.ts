// Energy-only files as their exporters wrote them, dropped in without a manifest: energies, forces and virials against
// automatic differentiation where they were made (tests/golden/force-fields/making).

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import type { ForceFieldSpec } from '../../src/spec/case.js';
import { createSystem, type System } from '../../src/system/index.js';
import { type GoldenCase, goldenCases, type ZooFile, zooFiles } from '../support/force-field-zoo.js';

const folder = new URL('../golden/force-fields/', import.meta.url);
const energyUnits: Readonly<Record<string, number>> = {
  eV: 1,
  hartree: 27.211386245988,
  'kJ/mol': 0.010364269656262175,
};
const lengthUnits: Readonly<Record<string, number>> = { angstrom: 1, nm: 10 };
/** Faults that no repair can mend: what the file computes is not the force field that it was made from. */
const lost = ['baked-atom-count', 'forces-are-not-the-gradient'];

const files = zooFiles.filter(({ faults }) => !faults.some((fault) => lost.includes(fault)));

async function evaluate(file: ZooFile, entry: GoldenCase, wishes: Partial<ForceFieldSpec>) {
  const name = fileURLToPath(new URL(file.file, folder));
  const forceField = await createForceField({ name, provider: 'cpu', threads: 1, stress: true, ...wishes });
  const system = systemOf(file, entry);
  await forceField.prepare(system);
  const list = forceField.neighbors ? createNeighborList({ ...forceField.neighbors, skin: 1 }) : null;
  list?.update(system);
  const output = createForceOutput(system.numbers.length);
  await forceField.compute(system, list?.pairs ?? null, output);
  const { description } = forceField;
  await forceField.dispose();
  return { output, description };
}

function systemOf({ units }: ZooFile, { name, numbers, positions, cell }: GoldenCase): System {
  const scale = lengthUnits[units.length]!;
  return createSystem({
    name,
    numbers,
    positions: positions.map((x) => x * scale),
    ...(cell ? { cell: cell.map((x) => x * scale), pbc: [true, true, true] as const } : {}),
  });
}

function largestError(found: ArrayLike<number>, wanted: readonly number[], scale: number): number {
  return Math.max(...wanted.map((value, k) => Math.abs(found[k]! - scale * value)));
}

describe.each(files)('$file', (file) => {
  const energy = energyUnits[file.units.energy]!;
  const length = lengthUnits[file.units.length]!;

  async function compare(entry: GoldenCase, wishes: Partial<ForceFieldSpec>, tolerance: number) {
    const { output } = await evaluate(file, entry, wishes);
    const size = Math.max(1, Math.abs(entry.energy * energy));
    expect(Math.abs(output.energy - entry.energy * energy) / size).toBeLessThan(tolerance);
    expect(largestError(output.forces, entry.forces, energy / length)).toBeLessThan(tolerance);
    expect(largestError(output.virial, entry.strain, -energy)).toBeLessThan(10 * tolerance);
  }

  const cases = goldenCases(file).filter(({ charge }) => charge === undefined || charge === 0);

  it.each(cases)('$name', async (entry) => {
    await compare(entry, {}, file.dtype === 'float32' ? 5e-5 : 1e-9);
  });

  it('in double precision', async () => {
    await compare(cases[0]!, { precision: 'f64' }, 1e-9);
  });
});

it('covers every file that the zoo names', () => {
  expect(zooFiles.filter(({ file }) => !existsSync(new URL(file, folder)))).toEqual([]);
  expect(readFileSync(new URL('zoo.json', folder), 'utf8')).toContain(files[0]!.file);
});
