// Writes extended XYZ as ASE reads it: full precision, `momenta` in ASE's units, energy (eV), forces (eV/Å), stress (eV/Å³).

import { elementMasses, symbolOf } from './elements.js';
import type { System } from './system.js';
import { accelerationUnit } from './units.js';

export interface FrameExtras {
  /** eV */
  readonly energy?: number | undefined;
  /** (n,3) eV/Å */
  readonly forces?: ArrayLike<number> | undefined;
  /** (3,3) eV/Å³, positive in tension */
  readonly stress?: ArrayLike<number> | undefined;
  /** Further columns of real numbers by name: (n) or (n,3). */
  readonly columns?: Readonly<Record<string, ArrayLike<number>>> | undefined;
  /** Further key=value pairs of the comment line. */
  readonly info?: Readonly<Record<string, string | number | boolean>> | undefined;
}

interface WrittenColumn {
  readonly title: string;
  readonly fields: (i: number) => readonly (string | number)[];
}

/**
 * One frame. A `momenta` column is written unless all atoms are at rest, a `masses` column unless all masses are the
 * standard ones, a Lattice unless the cell is zero.
 */
export function writeExtxyz(system: System, extras: FrameExtras = {}): string {
  const columns = columnsOf(system, extras);
  const lines = [`${system.numbers.length}`, commentLine(system, columns, extras)];
  for (let i = 0; i < system.numbers.length; i++) {
    lines.push(columns.flatMap((column) => column.fields(i)).join(' '));
  }
  return `${lines.join('\n')}\n`;
}

function columnsOf(system: System, { forces, columns: further = {} }: FrameExtras): WrittenColumn[] {
  const { numbers, positions, masses, velocities } = system;
  const columns: WrittenColumn[] = [
    { title: 'species:S:1', fields: (i) => [symbolOf(numbers[i])] },
    { title: 'pos:R:3', fields: (i) => vector(positions, i) },
  ];
  if (masses.some((mass, i) => mass !== elementMasses[numbers[i]])) {
    columns.push({ title: 'masses:R:1', fields: (i) => [masses[i]] });
  }
  if (velocities.some((component) => component !== 0)) {
    const unit = 1 / Math.sqrt(accelerationUnit);
    const momenta = velocities.map((component, k) => component * masses[Math.floor(k / 3)] * unit);
    columns.push({ title: 'momenta:R:3', fields: (i) => vector(momenta, i) });
  }
  if (forces) columns.push({ title: 'forces:R:3', fields: (i) => vector(forces, i) });
  for (const [name, values] of Object.entries(further)) {
    const isVector = values.length === positions.length;
    columns.push({
      title: `${name}:R:${isVector ? 3 : 1}`,
      fields: (i) => (isVector ? vector(values, i) : [values[i]]),
    });
  }
  return columns;
}

function commentLine(system: System, columns: readonly WrittenColumn[], extras: FrameExtras): string {
  const words: string[] = [];
  if (system.cell.some((component) => component !== 0)) words.push(`Lattice="${system.cell.join(' ')}"`);
  words.push(`Properties=${columns.map((column) => column.title).join(':')}`);
  if (extras.energy !== undefined) words.push(`energy=${extras.energy}`);
  if (extras.stress !== undefined) words.push(`stress="${Array.from(extras.stress).join(' ')}"`);
  for (const [key, value] of Object.entries(extras.info ?? {})) words.push(`${key}=${quoted(value)}`);
  words.push(`pbc="${system.pbc.map((periodic) => (periodic ? 'T' : 'F')).join(' ')}"`);
  return words.join(' ');
}

function quoted(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  const text = String(value).replace(/\s+/g, ' ');
  return /^[^\s"'{}[\]=\\]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function vector(values: ArrayLike<number>, i: number): number[] {
  return [values[3 * i], values[3 * i + 1], values[3 * i + 2]];
}
