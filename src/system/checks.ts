// Checks of a system before the first step: what cannot be simulated throws, what looks wrong is a warning. Å, g/cm³, eV/Å.

import { MdbenchError } from '../errors.js';
import { planeSpacings } from './cell.js';
import { forEachClosePair } from './close-pairs.js';
import { densityOf } from './describe.js';
import { covalentRadius, symbolOf } from './elements.js';
import type { System } from './system.js';

/** The same shape as a warning of the result document. */
export interface SystemWarning {
  code: string;
  values: Record<string, string | number | boolean | null>;
}

export interface ForceFieldLimits {
  /** Atomic numbers that it knows; null = any. */
  readonly elements: readonly number[] | null;
  /** Å; null = unknown. */
  readonly cutoff: number | null;
}

/** Shares of the sum of two covalent radii below which a distance is refused, or warned of. */
const refusedShare = 0.5;
const warnedShare = 0.7;
/** Used for an element without a published radius, in Å. */
const unknownRadius = 1.5;
/** g/cm³: below, a cell is mostly vacuum; above, denser than any solid at ordinary pressure (osmium has 22.6). */
const plausibleDensity = [0.05, 23] as const;

/**
 * Elements, positions, overlaps, density, cell against cutoff.
 * @returns warnings `atoms-close`, `density-implausible`, `cell-thinner-than-cutoff`
 * @throws `unknown-element`, `structure-invalid`
 */
export function checkSystem(system: System, limits: ForceFieldLimits): SystemWarning[] {
  checkFinite(system);
  checkElements(system, limits.elements);
  return [...checkOverlaps(system), ...checkDensity(system), ...checkThickness(system, limits.cutoff)];
}

/**
 * The forces on the starting positions: they are large where a structure is far from what the force field knows.
 * @param forces (n,3) eV/Å
 * @returns warnings `force-not-finite`, `force-large`
 */
export function checkLargestForce(forces: ArrayLike<number>, limit = 50): SystemWarning[] {
  let [largest, atom] = [0, 0];
  for (let i = 0; 3 * i < forces.length; i++) {
    const force = Math.hypot(forces[3 * i], forces[3 * i + 1], forces[3 * i + 2]);
    if (!Number.isFinite(force)) return [{ code: 'force-not-finite', values: { atom: i } }];
    if (force > largest) [largest, atom] = [force, i];
  }
  return largest > limit ? [{ code: 'force-large', values: { force: largest, atom, limit } }] : [];
}

function checkFinite({ name, positions }: System): void {
  const index = positions.findIndex((component) => !Number.isFinite(component));
  if (index < 0) return;
  throw new MdbenchError(
    'structure-invalid',
    `${name}: the position of atom ${Math.floor(index / 3)} is not finite.`,
  );
}

function checkElements({ name, numbers }: System, known: readonly number[] | null): void {
  const atom = numbers.findIndex(
    (number) => symbolOf(number).startsWith('#') || known?.includes(number) === false,
  );
  if (atom < 0) return;
  const knows = known === null ? 'elements 1 to 118' : known.map(symbolOf).join(', ');
  throw new MdbenchError(
    'unknown-element',
    `${name}: atom ${atom} (counted from 0) is ${symbolOf(numbers[atom])}, and the force field knows ${knows}.`,
    'Choose a force field that was made for these elements, or another system.',
  );
}

function checkOverlaps(system: System): SystemWarning[] {
  const radii = Array.from(system.numbers, (number) => covalentRadius(number) || unknownRadius);
  let close: { i: number; j: number; distance: number; share: number } | undefined;
  const reach = 2 * warnedShare * radii.reduce((most, radius) => Math.max(most, radius), 0);
  forEachClosePair(system, reach, (i, j, distance) => {
    const share = distance / (radii[i] + radii[j]);
    if (share < Math.min(warnedShare, close?.share ?? Number.POSITIVE_INFINITY))
      close = { i, j, distance, share };
  });
  if (close === undefined) return [];
  const { i, j, distance, share } = close;
  const [first, second] = [i, j].map((k) => `${symbolOf(system.numbers[k])} ${k}`);
  if (share >= refusedShare)
    return [{ code: 'atoms-close', values: { first, second, image: i === j, distance } }];
  const pair =
    i === j ? `atom ${first} and its own periodic image` : `atoms ${first} and ${second} (counted from 0)`;
  throw new MdbenchError(
    'structure-invalid',
    `${system.name}: ${pair} are ${distance.toFixed(3)} Å apart, less than half the sum of their covalent radii.`,
    'Check the positions and the cell: are they in Å, and does the cell fit?',
  );
}

function checkDensity(system: System): SystemWarning[] {
  const density = densityOf(system);
  const [low, high] = plausibleDensity;
  if (density === null || (density >= low && density <= high)) return [];
  return [{ code: 'density-implausible', values: { density, low, high } }];
}

/** A cell thinner than the cutoff is allowed, but an atom then feels its own images. */
function checkThickness(system: System, cutoff: number | null): SystemWarning[] {
  const spacing = Math.min(...planeSpacings(system.cell, system.pbc));
  if (cutoff === null || spacing >= cutoff) return [];
  return [{ code: 'cell-thinner-than-cutoff', values: { spacing, cutoff } }];
}
