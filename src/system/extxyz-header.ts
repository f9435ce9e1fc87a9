// The comment line of extended XYZ: Lattice, pbc and Properties among any other key=value pairs, as ASE and OVITO write it.

import { MdbenchError } from '../errors.js';
import { cellVolume, completedCell } from './cell.js';
import type { Periodicity } from './system.js';

export interface Column {
  /** First field of a line that belongs to it, counted from 0, and how many do. */
  readonly first: number;
  readonly count: number;
  readonly type: string;
}

export interface FrameHeader {
  /** (3,3) rows in Å; zeros without a Lattice. */
  readonly cell: Float64Array;
  readonly pbc: Periodicity;
  readonly columns: ReadonlyMap<string, Column>;
  /** Fields that each atom's line must have; null where the line announced none. */
  readonly fields: number | null;
}

/** Where something was read: for messages. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
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

/** `structure-invalid`, naming file and line. */
export function malformed({ file, line }: Place, message: string, hint?: string): MdbenchError {
  return new MdbenchError('structure-invalid', `${file}, line ${line}: ${message}`, hint);
}

const pairPattern =
  /(?<=^|\s)([^\s="']+)\s*=\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\{[^}]*\}|\[(?:[^[\]]|\[[^\]]*\])*\]|\S+)/g;

/** Keys in lower case, values without their quotes or brackets. Words without a value are left out. */
function keyValues(comment: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [, key, value] of comment.matchAll(pairPattern)) {
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
    `Lattice must hold 9 finite numbers, received "${value}".`,
    'Three vectors one after the other, in Å: Lattice="ax ay az bx by bz cx cy cz".',
  );
}

function readPeriodicity(value: string | undefined, hasLattice: boolean, place: Place): Periodicity {
  if (value === undefined) return [hasLattice, hasLattice, hasLattice];
  const flags = listOf(value).map((word) => periodicWords[word.toLowerCase()]);
  if (flags.length === 1) flags.push(flags[0], flags[0]);
  if (flags.length === 3 && !flags.includes(undefined as never)) return [flags[0], flags[1], flags[2]];
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

function readProperties(value: string, place: Place): { columns: Map<string, Column>; fields: number } {
  const parts = value.split(':');
  const columns = new Map<string, Column>();
  let fields = 0;
  for (let k = 0; k < parts.length; k += 3) {
    const [name, type, count] = [parts[k], parts[k + 1]?.toUpperCase(), Number(parts[k + 2])];
    if (!name || !/^[RISL]$/.test(type ?? '') || !Number.isInteger(count) || count < 1) {
      throw malformed(
        place,
        `Properties must be name:type:columns with the types R, I, S or L, received "${value}".`,
        'For example Properties=species:S:1:pos:R:3.',
      );
    }
    columns.set(name, { first: fields, count, type });
    fields += count;
  }
  return { columns, fields };
}

function listOf(value: string): string[] {
  return value.split(/[\s,[\]{}]+/).filter((word) => word !== '');
}
