// The comment line of extended XYZ: Lattice, pbc and Properties among any other key=value pairs, as ASE and OVITO write it.

import { cellVolume, completedCell } from './cell.js';
import { type Column, readProperties } from './extxyz-columns.js';
import { malformed, type Place, shortened } from './place.js';
import type { Periodicity } from './system.js';

export interface FrameHeader {
  /** (3,3) rows in Å; zeros without a Lattice. */
  readonly cell: Float64Array;
  readonly pbc: Periodicity;
  readonly columns: ReadonlyMap<string, Column>;
  /** Fields that each atom's line must have; null where the line announced none. */
  readonly fields: number | null;
}

export function readHeader(comment: string, place: Place): FrameHeader {
  const values = keyValues(comment);
  const lattice = values.get('lattice');
  const cell = lattice === undefined ? new Float64Array(9) : readLattice(lattice, place);
  const pbc = readPeriodicity(values.get('pbc'), lattice !== undefined, place);
  checkCell(cell, pbc, lattice !== undefined, place);
  const properties = values.get('properties');
  const { columns, fields } = readProperties(properties ?? 'species:S:1:pos:R:3', place);
  return { cell, pbc, columns, fields: properties === undefined ? null : fields };
}

/** key=value with a bare, quoted or bracketed value; or a quoted text alone, which is passed over. */
const pairPattern =
  /(?<=^|\s)(?:([^\s="']+)\s*=\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\{[^}]*\}|\[(?:[^[\]]|\[[^\]]*\])*\]|\S+)|"[^"]*")/g;

/** Keys in lower case, values without their quotes or brackets. Words without a value are left out. */
function keyValues(comment: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [, key, value] of comment.matchAll(pairPattern)) {
    if (key === undefined) continue;
    const bare = /^["'{[]/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
    values.set(key.toLowerCase(), bare.replace(/\\(.)/g, '$1'));
  }
  return values;
}

function readLattice(value: string, place: Place): Float64Array {
  const cell = listOf(value).map(Number);
  if (cell.length === 9 && cell.every(Number.isFinite)) return Float64Array.from(cell);
  throw malformed(
    place,
    `Lattice must hold 9 finite numbers, received "${shortened(value)}".`,
    'Three vectors one after the other, in Å: Lattice="ax ay az bx by bz cx cy cz".',
  );
}

function readPeriodicity(value: string | undefined, hasLattice: boolean, place: Place): Periodicity {
  if (value === undefined) return [hasLattice, hasLattice, hasLattice];
  const words = listOf(value).map((word) => word.toLowerCase());
  if (
    (words.length === 1 || words.length === 3) &&
    words.every((word) => Object.hasOwn(periodicWords, word))
  ) {
    const flag = (d: number) => periodicWords[words[d] ?? words[0]];
    return [flag(0), flag(1), flag(2)];
  }
  throw malformed(place, `pbc must be three of T or F, received "${value}".`, 'For example pbc="T T F".');
}

const periodicWords: Readonly<Record<string, boolean>> = {
  t: true,
  true: true,
  '1': true,
  f: false,
  false: false,
  '0': false,
};

function checkCell(cell: Float64Array, pbc: Periodicity, hasLattice: boolean, place: Place): void {
  if (!pbc.includes(true)) return;
  if (!hasLattice) {
    throw malformed(
      place,
      'pbc has a periodic direction, but there is no Lattice.',
      'Add Lattice="…", or set pbc="F F F".',
    );
  }
  const whole = completedCell(cell, pbc);
  const edges = [0, 3, 6].map((k) => Math.hypot(whole[k], whole[k + 1], whole[k + 2]));
  if (cellVolume(whole) > 1e-6 * edges[0] * edges[1] * edges[2]) return;
  throw malformed(
    place,
    `Lattice "${Array.from(cell).join(' ')}" spans no volume along its periodic directions.`,
    'The lattice vectors of periodic directions must be independent and not zero.',
  );
}

function listOf(value: string): string[] {
  return value.split(/[\s,[\]{}]+/).filter((word) => word !== '');
}
