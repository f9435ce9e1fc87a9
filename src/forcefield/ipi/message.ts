// Messages of the i-PI protocol (Kapil et al., Comput. Phys. Commun. 236, 214; its documentation, "Distributed
// execution"): a header of 12 bytes, then int32 and float64, little endian. Matrices travel transposed, as i-PI and ASE do.

import type { WireUnits } from './units.js';

export const headerBytes = 12;

export type Header =
  | 'STATUS'
  | 'NEEDINIT'
  | 'READY'
  | 'HAVEDATA'
  | 'INIT'
  | 'POSDATA'
  | 'GETFORCE'
  | 'FORCEREADY'
  | 'EXIT';

/** (3,3) row-major positions of the transposed matrix. */
const transposed = [0, 3, 6, 1, 4, 7, 2, 5, 8];

export function headerMessage(header: Header): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  writeHeader(bytes, 0, header);
  return bytes;
}

export function writeHeader(bytes: Uint8Array, at: number, header: Header): void {
  for (let k = 0; k < headerBytes; k++) bytes[at + k] = k < header.length ? header.charCodeAt(k) : 32;
}

/** What stands in a header, without the blanks that fill it; unprintable bytes as dots. */
export function readHeader(bytes: Uint8Array, at = 0): string {
  let text = '';
  for (let k = 0; k < headerBytes; k++) {
    const code = bytes[at + k];
    text += code > 31 && code < 127 ? String.fromCharCode(code) : '.';
  }
  return text.replace(/[ .]+$/, '');
}

/** INIT with bead 0 and a string; filled with blanks to a multiple of eight bytes. */
export function initMessage(text: string): Uint8Array {
  const string = new TextEncoder().encode(text);
  const size = headerBytes + 8 + string.length;
  const bytes = new Uint8Array(Math.ceil(size / 8) * 8).fill(32);
  writeHeader(bytes, 0, 'INIT');
  const view = new DataView(bytes.buffer);
  view.setInt32(headerBytes, 0, true);
  view.setInt32(headerBytes + 4, bytes.length - headerBytes - 8, true);
  bytes.set(string, headerBytes + 8);
  return bytes;
}

/** Bytes of POSDATA before the positions: header, cell, inverse cell, number of atoms. */
export const positionsOffset = headerBytes + 144 + 4;

/** Whatever follows POSDATA in one write: the driver need not wait for the answers one by one. */
const demand = ['STATUS', 'GETFORCE'] as const;

export interface PositionMessage {
  /** `lead`, POSDATA, STATUS, GETFORCE. */
  readonly whole: Uint8Array;
  /** POSDATA alone. */
  readonly data: Uint8Array;
  write(positions: Float64Array, cell: Float64Array): void;
}

/** @param lead what goes before it, of a length that is a multiple of eight */
export function positionMessage(atoms: number, units: WireUnits, lead: Uint8Array): PositionMessage {
  const size = positionsOffset + 24 * atoms;
  const whole = new Uint8Array(lead.length + size + demand.length * headerBytes);
  whole.set(lead, 0);
  const start = lead.length;
  writeHeader(whole, start, 'POSDATA');
  for (const [k, header] of demand.entries()) writeHeader(whole, start + size + k * headerBytes, header);
  const view = new DataView(whole.buffer);
  view.setInt32(start + positionsOffset - 4, atoms, true);
  const target = new Float64Array(whole.buffer, start + positionsOffset, 3 * atoms);
  const unit = units.length;
  const components = target.length;
  const written = new Float64Array(9).fill(Number.NaN);
  return {
    whole,
    data: whole.subarray(start, start + size),
    write(positions, cell) {
      if (cell.some((component, k) => component !== written[k])) {
        written.set(cell);
        writeMatrix(view, start + headerBytes, cell, unit);
        writeMatrix(view, start + headerBytes + 72, inverse(cell), 1 / unit);
      }
      if (unit === 1) target.set(positions);
      else for (let k = 0; k < components; k++) target[k] = positions[k] / unit;
    },
  };
}

/** Writes a (3,3) matrix transposed, in units of `unit`. */
export function writeMatrix(view: DataView, at: number, matrix: Float64Array, unit: number): void {
  for (let k = 0; k < 9; k++) view.setFloat64(at + 8 * k, matrix[transposed[k]] / unit, true);
}

export function readMatrix(view: DataView, at: number, matrix: Float64Array, factor: number): void {
  for (let k = 0; k < 9; k++) matrix[transposed[k]] = view.getFloat64(at + 8 * k, true) * factor;
}

/** Of a (3,3) matrix; zeros where it has none, as for open boundaries. */
export function inverse(m: Float64Array): Float64Array {
  const cofactors = [
    m[4] * m[8] - m[5] * m[7],
    m[2] * m[7] - m[1] * m[8],
    m[1] * m[5] - m[2] * m[4],
    m[5] * m[6] - m[3] * m[8],
    m[0] * m[8] - m[2] * m[6],
    m[2] * m[3] - m[0] * m[5],
    m[3] * m[7] - m[4] * m[6],
    m[1] * m[6] - m[0] * m[7],
    m[0] * m[4] - m[1] * m[3],
  ];
  const determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6];
  return Float64Array.from(cofactors, (value) => (determinant === 0 ? 0 : value / determinant));
}
