// One column of numbers as little-endian Float64: bytes, base64, and the hash that guards them in a sidecar file.

import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import { MdbenchError } from '../errors.js';

const swapped = endianness() === 'BE';

/** The column's bytes, little-endian; a view of the same memory on a little-endian machine. */
export function columnBytes(values: Float64Array): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return swapped ? Buffer.from(bytes).swap64() : bytes;
}

/** @param bytes little-endian Float64s, a whole number of them, aligned or not */
export function columnValues(bytes: Buffer): Float64Array {
  const values = new Float64Array(bytes.byteLength / 8);
  const target = Buffer.from(values.buffer);
  bytes.copy(target);
  if (swapped) target.swap64();
  return values;
}

export function encodeColumn(values: Float64Array): { length: number; base64: string } {
  return { length: values.length, base64: columnBytes(values).toString('base64') };
}

/** @throws MdbenchError `document-invalid` when the text does not hold exactly `length` numbers */
export function decodeColumn(column: { length: number; base64: string }, name: string): Float64Array {
  const bytes = Buffer.from(column.base64, 'base64');
  if (bytes.byteLength !== 8 * column.length) {
    throw new MdbenchError(
      'document-invalid',
      `The column ${name} says that it holds ${column.length} numbers (${8 * column.length} bytes), but ${bytes.byteLength} bytes of base64 are there.`,
      'The document was cut short or edited. Make it again with `mdbench run`.',
    );
  }
  return columnValues(bytes);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
