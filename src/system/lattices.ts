// Cubic crystals: conventional cells repeated along their edges, Å.

import { createSystem } from './create.js';
import { repeatSystem } from './repeat.js';
import type { System } from './system.js';
import { densityUnit } from './units.js';

const faceCentered = [0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0];

const cubicBases = {
  'simple-cubic': [0, 0, 0],
  fcc: faceCentered,
  diamond: [...faceCentered, ...faceCentered.map((fraction) => fraction + 0.25)],
} as const;

export type CubicLattice = keyof typeof cubicBases;

/** A cubic crystal of one element: `repeats` conventional cells of edge `constant` (Å) along each direction. */
export function cubicCrystal(
  name: string,
  lattice: CubicLattice,
  number: number,
  constant: number,
  repeats: number,
): System {
  const basis = cubicBases[lattice];
  const unitCell = createSystem({
    name,
    numbers: new Array(basis.length / 3).fill(number),
    positions: basis.map((fraction) => fraction * constant),
    cell: [constant, 0, 0, 0, constant, 0, 0, 0, constant],
    pbc: [true, true, true],
  });
  return { ...repeatSystem(unitCell, [repeats, repeats, repeats]), name };
}

/** Edge in Å of the conventional cell that gives `density` (g/cm³) with `mass` (amu) in it. */
export function edgeAtDensity(mass: number, density: number): number {
  return Math.cbrt((mass * densityUnit) / density);
}
