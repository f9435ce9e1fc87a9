// Lennard-Jones and Stillinger–Weber against LAMMPS (tests/golden/make-lammps.py): 1e-9 relative in double.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLennardJones } from '../../src/forcefield/lennard-jones.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import {
  elementSystem,
  evaluate,
  largestDifference,
  relativeDifference,
  type Structure,
} from '../support/physics.js';

interface Golden extends Structure {
  readonly name: string;
  readonly forceField: 'lennard-jones' | 'stillinger-weber';
  readonly options: Record<string, number>;
  readonly energy: number;
  readonly forces: readonly number[];
  readonly virial: readonly number[];
}

const { cases }: { cases: Golden[] } = JSON.parse(
  readFileSync(new URL('../golden/lammps.json', import.meta.url), 'utf8'),
);

describe.each(cases.map((golden) => [golden.name, golden] as const))('%s as LAMMPS', (name, golden) => {
  const create = golden.forceField === 'lennard-jones' ? createLennardJones : createStillingerWeber;
  const output = evaluate(create(golden.options), elementSystem(name, golden), 0.7);

  it('energy', () => {
    expect(Math.abs(output.energy / golden.energy - 1)).toBeLessThan(1e-9);
  });

  it('forces', () => {
    if (name.endsWith('perfect')) expect(largestDifference(output.forces, golden.forces)).toBeLessThan(1e-12);
    else expect(relativeDifference(output.forces, golden.forces)).toBeLessThan(1e-9);
  });

  it('virial', () => {
    expect(relativeDifference(output.virial, golden.virial)).toBeLessThan(1e-9);
  });
});

it('covers crystals, strain, defects, liquids, tiny cells and open boundaries of both', () => {
  expect(cases.map(({ name }) => name)).toHaveLength(18);
});
