// What a neighbor list refuses to build, in words. Å.

import { MdbenchError } from '../errors.js';
import type { System } from '../system/system.js';

/** Pairs beyond which a list (20 bytes a pair, three times that when it is trimmed) is taken for a mistake. */
export const maximalPairs = 100_000_000;

/** Periodic images of atoms beyond which a cell is taken for a mistake. */
export const maximalImages = 10_000_000;

/** Checks what every builder relies on; throws `option-invalid` or `structure-invalid`. */
export function checkCutoff(cutoff: number, name = 'cutoff'): void {
  if (cutoff > 0 && Number.isFinite(cutoff)) return;
  throw new MdbenchError('option-invalid', `The ${name} must be a positive number of Å, received ${cutoff}.`);
}

export function tooManyImages(system: System, cutoff: number, images: number): MdbenchError {
  return new MdbenchError(
    'cell-too-small',
    `${system.name} needs ${images.toExponential(1)} periodic images of atoms within ${cutoff} Å; at most ${maximalImages} are made.`,
    'Check that the cell and the cutoff are in Å, or use a shorter cutoff.',
  );
}

export function tooManyPairs(system: System, cutoff: number): MdbenchError {
  return new MdbenchError(
    'structure-invalid',
    `${system.name} has more than ${maximalPairs} pairs within ${cutoff} Å: they do not fit into memory.`,
    'Check that positions and cutoff are in Å and that atoms do not lie on top of each other.',
  );
}

export function notFinite(system: System, atom: number): MdbenchError {
  const position = Array.from(system.positions.subarray(3 * atom, 3 * atom + 3)).join(', ');
  return new MdbenchError(
    'structure-invalid',
    `Atom ${atom} of ${system.name} is at (${position}) Å, too far away or not a number.`,
    'If this happened during a run, the trajectory has blown up: try a shorter time step.',
  );
}
