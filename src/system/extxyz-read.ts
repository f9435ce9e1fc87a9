// Reads extended and plain XYZ into systems. Velocities come from the first of these columns that is there:
// `momenta` and `velocities` in ASE's units (amu, Å, eV), `vel` and `velo` in Å/fs (GPUMD, QUIP).

import { createSystem } from './create.js';
import { elementMasses, numberOf } from './elements.js';
import { type UsedColumns, usedColumns, velocityUnit } from './extxyz-columns.js';
import { type FrameHeader, readHeader } from './extxyz-header.js';
import { malformed, type Place, shortened } from './place.js';
import type { System } from './system.js';

interface FrameRange {
  /** Index of the line with the number of atoms; its atoms begin two lines below. */
  readonly start: number;
  readonly atoms: number;
}

/**
 * All frames of an extended XYZ text.
 * @param name what the systems are called; `file` is what messages call the text
 * @throws `structure-invalid`, naming file and line
 */
export function readExtxyz(text: string, name: string, file = name): System[] {
  const lines = linesOf(text);
  return frameRanges(lines, file).map((range) => readFrame(lines, range, name, file));
}

/** The last frame alone; of the frames before it only the number of lines is checked. */
export function readLastFrame(text: string, name: string, file = name): System {
  const lines = linesOf(text);
  return readFrame(lines, frameRanges(lines, file).at(-1)!, name, file);
}

function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
}

function frameRanges(lines: readonly string[], file: string): FrameRange[] {
  const ranges: FrameRange[] = [];
  for (let start = 0; start < lines.length; ) {
    const word = lines[start].trim();
    if (word === '') {
      start++;
      continue;
    }
    const atoms = Number(word);
    if (!/^\d+$/.test(word) || atoms === 0) {
      const before = ranges.at(-1);
      if (before) readFrame(lines, before, '', file); // its own fault, if any, explains the misplaced line
      throw notACount(word, before, { file, line: start + 1 });
    }
    if (start + 2 + atoms > lines.length) {
      const found = Math.max(0, lines.length - start - 2);
      throw malformed(
        { file, line: lines.length },
        `line ${start + 1} announced ${atoms} atoms, but the file ends after ${found}.`,
        'Each frame is the number of atoms, a comment line, and one line for each atom. Was the file cut off?',
      );
    }
    ranges.push({ start, atoms });
    start += 2 + atoms;
  }
  if (ranges.length === 0)
    throw malformed({ file, line: 1 }, 'the file is empty; the number of atoms was expected.');
  return ranges;
}

function notACount(word: string, before: FrameRange | undefined, place: Place): Error {
  const announced =
    before === undefined
      ? 'The first line of extended XYZ is the number of atoms alone.'
      : `Line ${before.start + 1} announced ${before.atoms} atoms: are there more?`;
  return malformed(place, `the number of atoms was expected, received "${shortened(word)}".`, announced);
}

function readFrame(
  lines: readonly string[],
  { start, atoms }: FrameRange,
  name: string,
  file: string,
): System {
  const header = readHeader(lines[start + 1], { file, line: start + 2 });
  const columns = usedColumns(header.columns, { file, line: start + 2 });
  const numbers = new Int32Array(atoms);
  const masses = new Float64Array(atoms);
  const positions = new Float64Array(3 * atoms);
  const velocities = new Float64Array(3 * atoms);
  for (let i = 0; i < atoms; i++) {
    const place = { file, line: start + 3 + i };
    const fields = fieldsOf(lines[start + 2 + i], header, place);
    numbers[i] = readNumber(fields, columns, place);
    masses[i] = columns.masses ? readMass(fields[columns.masses.first], place) : elementMasses[numbers[i]];
    for (let d = 0; d < 3; d++) {
      positions[3 * i + d] = readReal(fields[columns.positions.first + d], 'a coordinate in Å', place);
      if (!columns.velocities) continue;
      const value = readReal(
        fields[columns.velocities.first + d],
        `a number in column ${columns.velocityName}`,
        place,
      );
      velocities[3 * i + d] = value * velocityUnit(columns.velocityName, masses[i]);
    }
  }
  return createSystem({ name, numbers, masses, positions, velocities, cell: header.cell, pbc: header.pbc });
}

function fieldsOf(line: string, header: FrameHeader, place: Place): string[] {
  const fields = line.trim() === '' ? [] : line.trim().split(/\s+/);
  if (header.fields === null ? fields.length >= 4 : fields.length === header.fields) return fields;
  const expected =
    header.fields === null ? 'at least 4 (element, x, y, z)' : `${header.fields} as Properties says`;
  throw malformed(place, `${fields.length} columns where ${expected} were expected: "${shortened(line)}".`);
}

function readNumber(fields: readonly string[], { species, numbers }: UsedColumns, place: Place): number {
  const word = fields[(numbers ?? species)!.first];
  const number = /^\d+$/.test(word) ? Number(word) : numberOf(word);
  const known = number !== undefined && number >= 1 && number < elementMasses.length;
  if (!known || (numbers && number !== Number(word))) {
    throw malformed(
      place,
      `"${shortened(word)}" is not a chemical element.`,
      'A symbol such as Si or an atomic number from 1 to 118.',
    );
  }
  const symbol = fields[species?.first ?? -1];
  if (numbers && symbol !== undefined && numberOf(symbol) !== number) {
    throw malformed(place, `species ${symbol} and atomic number ${number} contradict each other.`);
  }
  return number;
}

function readMass(word: string, place: Place): number {
  const mass = readReal(word, 'a mass in amu', place);
  if (mass > 0) return mass;
  throw malformed(place, `a mass above 0 was expected, received ${word}.`);
}

const realPattern = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

function readReal(word: string, expected: string, place: Place): number {
  const value = realPattern.test(word) ? Number(word) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw malformed(place, `${expected} was expected, received "${shortened(word)}".`);
}
