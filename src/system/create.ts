// A System from plain lists: standard masses, no velocities, open boundaries unless told otherwise.

import { elementMasses } from './elements.js';
import type { Periodicity, System } from './system.js';

export interface SystemParts {
  readonly name: string;
  /** (n) atomic numbers */
  readonly numbers: ArrayLike<number>;
  /** (n,3) Å */
  readonly positions: ArrayLike<number>;
  /** (3,3) rows in Å */
  readonly cell?: ArrayLike<number> | undefined;
  readonly pbc?: Periodicity | undefined;
  /** (n,3) Å/fs */
  readonly velocities?: ArrayLike<number> | undefined;
  /** (n) amu; default: the standard masses of the elements */
  readonly masses?: ArrayLike<number> | undefined;
}

export function createSystem(parts: SystemParts): System {
  const numbers = Int32Array.from(parts.numbers);
  return {
    name: parts.name,
    numbers,
    masses: Float64Array.from(parts.masses ?? Array.from(numbers, (number) => elementMasses[number])),
    positions: Float64Array.from(parts.positions),
    velocities: Float64Array.from(parts.velocities ?? new Float64Array(3 * numbers.length)),
    cell: Float64Array.from(parts.cell ?? new Float64Array(9)),
    pbc: parts.pbc ?? [false, false, false],
  };
}
