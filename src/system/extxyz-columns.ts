// The columns of extended XYZ: what Properties announces, and which of them a System is made from.

import { malformed, type Place } from './place.js';
import { accelerationUnit } from './units.js';

export interface Column {
  /** First field of a line that belongs to it, counted from 0, and how many do. */
  readonly first: number;
  readonly count: number;
  readonly type: string;
}

export interface UsedColumns {
  readonly species: Column | undefined;
  readonly numbers: Column | undefined;
  readonly positions: Column;
  readonly masses: Column | undefined;
  readonly velocities: Column | undefined;
  readonly velocityName: string;
}

/** The columns that a System is made from.
 * @throws `structure-invalid` */
export function usedColumns(columns: ReadonlyMap<string, Column>, place: Place): UsedColumns {
  const find = (names: readonly string[], types: string, count: number) => {
    const name = names.find((one) => columns.has(one));
    const column = name === undefined ? undefined : columns.get(name)!;
    if (column && (!types.includes(column.type) || column.count !== count)) {
      throw malformed(
        place,
        `column ${name} must be ${name}:${types[0]}:${count}, received ${name}:${column.type}:${column.count}.`,
      );
    }
    return column;
  };
  const velocityName = velocityColumns.find((one) => columns.has(one)) ?? '';
  const positions = find(['pos', 'positions'], 'R', 3);
  const species = find(['species', 'symbols', 'element'], 'S', 1);
  const numbers = find(['Z', 'numbers'], 'I', 1);
  if (positions === undefined || (species === undefined && numbers === undefined)) {
    const missing = positions === undefined ? 'pos:R:3' : 'species:S:1 nor Z:I:1';
    throw malformed(place, `Properties has no ${missing}.`, 'Elements and positions are needed.');
  }
  const masses = find(['masses', 'mass'], 'RI', 1);
  return { species, numbers, positions, masses, velocities: find([velocityName], 'R', 3), velocityName };
}

const velocityColumns = ['momenta', 'velocities', 'vel', 'velo'];

/** What turns a value of the column into Å/fs. ASE's unit of time is Å·√(amu/eV). */
export function velocityUnit(column: string, mass: number): number {
  if (column === 'momenta') return Math.sqrt(accelerationUnit) / mass;
  return column === 'velocities' ? Math.sqrt(accelerationUnit) : 1;
}

/** `name:type:columns` triples; `fields` is how many fields a line has in all. */
export function readProperties(
  value: string,
  place: Place,
): { columns: Map<string, Column>; fields: number } {
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
