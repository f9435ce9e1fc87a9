// A few atoms in the open, at distances of choice. Å.

import { covalentRadius, createSystem, type System } from '../system/index.js';

/** Å, for an element without a published radius. */
const unknownRadius = 1.5;

export function loneAtom(number: number): System {
  return createSystem({ name: 'lone-atom', numbers: [number], positions: [0, 0, 0] });
}

/** The second atom is at x = distance. */
export function dimer(a: number, b: number, distance: number): System {
  return createSystem({ name: 'dimer', numbers: [a, b], positions: [0, 0, 0, distance, 0, 0] });
}

/** A bond a–b along y, and a third atom b at x = distance from the first. */
export function trimer(a: number, b: number, distance: number): System {
  return createSystem({
    name: 'trimer',
    numbers: [a, b, b],
    positions: [0, 0, 0, distance, 0, 0, 0.2, -1.15 * bondLength(a, b), 0.1],
  });
}

/** Å: the sum of the covalent radii. */
export function bondLength(a: number, b: number): number {
  return (covalentRadius(a) || unknownRadius) + (covalentRadius(b) || unknownRadius);
}

/** Every pair of these elements once, each with itself too. */
export function pairsOf(elements: readonly number[]): [number, number][] {
  return elements.flatMap((a, k) => elements.slice(k).map((b): [number, number] => [a, b]));
}
