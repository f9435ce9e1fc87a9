// How far two results may lie apart by rounding alone, from the element type, the size of the system and its forces. eV, Å.

import type { ForceOutput } from '../forcefield/index.js';
import type { System } from '../system/index.js';
import type { Examinee } from './examinee.js';

export interface Rounding {
  /** eV, of the total energy */
  readonly energy: number;
  /** eV/Å, of a component of the forces */
  readonly force: number;
}

/** Unit roundoff; `mixed` counts as single. */
const roundoffs: Readonly<Record<Examinee['precision'], number>> = {
  float16: 2 ** -11,
  float32: 2 ** -24,
  mixed: 2 ** -24,
  float64: 2 ** -53,
};

/**
 * Roundoffs that the layers of a graph may pile up. The shipped models stay below 1; in double the same count in
 * hundreds still is a millionth of what single allows.
 */
const piledUp = { float16: 16, float32: 16, mixed: 16, float64: 4096 } as const;
/** eV an atom: what the terms of an atomic energy, which cancel, are of. */
const atomicTerm = 10;
/**
 * eV/Å²: the slope of forces between bonded atoms; C–H has 30, Si–Si 15, N≡N 140. Atoms are examined off their places by
 * 0.05 Å or more, so that the largest force tells where bonds are weaker: so many times it, in 1/Å.
 */
const stiffness = 30;

export function roundoffOf(precision: Examinee['precision']): number {
  return roundoffs[precision];
}

/**
 * An energy is a sum of n atomic terms, rounded independently (√n), at coordinates that are rounded independently too:
 * |x| u (ΣF²)^½. A force moves by stiffness times the rounding of the coordinates.
 */
export function roundingOf(
  precision: Examinee['precision'],
  { numbers, positions }: System,
  { energy, forces }: ForceOutput,
): Rounding {
  const slack = piledUp[precision] * roundoffs[precision];
  const reach = 1 + largest(positions);
  const pull = Math.sqrt(forces.reduce((sum, force) => sum + force ** 2, 0));
  return {
    energy: slack * (Math.abs(energy) + atomicTerm * Math.sqrt(numbers.length) + reach * pull),
    force: slack * (largest(forces) + stiffness * Math.min(1, largest(forces)) * reach),
  };
}

/** eV/Å: what is no force at all, for an atom that nothing is near. */
export function restForce(precision: Examinee['precision']): number {
  return piledUp[precision] * roundoffs[precision] * stiffness;
}

/**
 * eV: scatter of an energy that is evaluated at two close places, where the coordinates are no part of the error: two
 * roundoffs of the sum and of three electronvolts for each atom.
 */
export function energyNoise(precision: Examinee['precision'], atoms: number, energy: number): number {
  return 2 * roundoffs[precision] * (Math.abs(energy) + 3 * atoms);
}

/** Largest |value|; NaN where one is. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) {
    const size = Math.abs(values[k]);
    if (!(size <= most)) most = size;
    if (Number.isNaN(most)) return most;
  }
  return most;
}
