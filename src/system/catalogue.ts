// The systems that ship, one line each; the name carries the exact number of atoms where there is more than one size.

import { elementMasses } from './elements.js';
import { cubicCrystal, edgeAtDensity } from './lattices.js';
import { shippedStructure } from './structure-file.js';
import type { Periodicity, System } from './system.js';
import { unknownSystem } from './unknown-system.js';

export interface SystemEntry {
  readonly name: string;
  readonly atoms: number;
  readonly title: string;
  /** In Hill's order, of the whole system. */
  readonly formula: string;
  readonly pbc: Periodicity;
  /** The built-in force field made for it, if any. */
  readonly suggested: 'lennard-jones' | 'stillinger-weber' | null;
}

interface CatalogueLine extends SystemEntry {
  readonly build: () => System;
}

const catalogue: readonly CatalogueLine[] = [
  ...[1, 2, 3, 4, 5].map(silicon),
  ...[3, 4, 5, 6, 10].map(argon),
  ...[64, 216, 512].map(waterBox),
  molecule('water', 'H2O', 3),
  molecule('methane', 'CH4', 5),
  molecule('ethanol', 'C2H6O', 9),
  molecule('benzene', 'C6H6', 12),
  molecule('aspirin', 'C9H8O4', 21),
];

/** Every system that `buildSystem` knows, family by family, small to large. */
export function listSystems(): readonly SystemEntry[] {
  return catalogue;
}

/** A fresh system of the catalogue, at rest.
 * @throws `unknown-system`, naming the nearest ones */
export function buildSystem(name: string): System {
  const line = catalogue.find((one) => one.name === name);
  if (line === undefined) throw unknownSystem(name, catalogue);
  return line.build();
}

function silicon(repeats: number): CatalogueLine {
  const atoms = 8 * repeats ** 3;
  const name = `si${atoms}`;
  return {
    name,
    atoms,
    title: 'silicon, diamond crystal, a = 5.431 Å',
    formula: `Si${atoms}`,
    pbc: [true, true, true],
    suggested: 'stillinger-weber',
    build: () => cubicCrystal(name, 'diamond', 14, 5.431, repeats),
  };
}

/** At the density of liquid argon at 94.4 K (Rahman, Phys. Rev. 136, A405). */
function argon(repeats: number): CatalogueLine {
  const atoms = 4 * repeats ** 3;
  const name = `ar${atoms}`;
  return {
    name,
    atoms,
    title: 'argon, fcc at the liquid’s 1.374 g/cm³ (94.4 K)',
    formula: `Ar${atoms}`,
    pbc: [true, true, true],
    suggested: 'lennard-jones',
    build: () => cubicCrystal(name, 'fcc', 18, edgeAtDensity(4 * elementMasses[18], 1.374), repeats),
  };
}

function waterBox(molecules: number): CatalogueLine {
  const name = `water${3 * molecules}`;
  return {
    name,
    atoms: 3 * molecules,
    title: `liquid water, ${molecules} molecules at 0.997 g/cm³`,
    formula: `H${2 * molecules}O${molecules}`,
    pbc: [true, true, true],
    suggested: null,
    build: () => shippedStructure(name),
  };
}

function molecule(name: string, formula: string, atoms: number): CatalogueLine {
  return {
    name,
    atoms,
    title: `one ${name} molecule, open boundaries`,
    formula,
    pbc: [false, false, false],
    suggested: null,
    build: () => shippedStructure(name),
  };
}
