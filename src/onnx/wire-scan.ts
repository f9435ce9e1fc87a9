// How much memory a protobuf would take once decoded, counted without decoding: two bytes of a file can become a message
// of a kilobyte, one byte a bigint.

import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { damaged } from './damaged.js';
import { ModelProtoSchema } from './proto/onnx_pb.js';

/** Several times what the largest models have; their weights are raw bytes, which count as one element. */
const mostMessages = 1_000_000;
const mostElements = 50_000_000;
/** As deep as the decoder goes. */
const deepest = 100;

interface Scan {
  readonly bytes: Uint8Array;
  readonly path: string;
  offset: number;
  messages: number;
  elements: number;
}

const fields = new Map<DescMessage, ReadonlyMap<number, DescField>>();

/** @throws MdbenchError `damaged-onnx` where it would be too much, or the fields do not fit into each other */
export function checkSize(bytes: Uint8Array, path: string): void {
  const scan: Scan = { bytes, path, offset: 0, messages: 0, elements: 0 };
  scanMessage(scan, ModelProtoSchema, bytes.length, 0);
}

function scanMessage(scan: Scan, message: DescMessage, end: number, depth: number): void {
  if (depth > deepest) throw damaged(scan.path, `its parts are nested more than ${deepest} deep`);
  if (++scan.messages > mostMessages) throw damaged(scan.path, `it has more than ${mostMessages} parts`);
  const known = fieldsOf(message);
  while (scan.offset < end) {
    const tag = varint(scan, end);
    const field = known.get(Math.floor(tag / 8));
    if (tag % 8 === 2) scanDelimited(scan, field, end, depth);
    else skip(scan, tag % 8, end);
    if (++scan.elements > mostElements) throw tooMany(scan);
  }
}

function scanDelimited(scan: Scan, field: DescField | undefined, end: number, depth: number): void {
  const length = varint(scan, end);
  const stop = scan.offset + length;
  if (stop > end) throw notFitting(scan);
  if (field?.message) {
    scanMessage(scan, field.message, stop, depth + 1);
  } else if (field?.fieldKind === 'list') {
    scan.elements += packedCount(scan, field, stop);
    if (scan.elements > mostElements) throw tooMany(scan);
  }
  scan.offset = stop;
}

function packedCount(scan: Scan, field: DescField, stop: number): number {
  switch (field.scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return 0;
    case ScalarType.FLOAT:
      return (stop - scan.offset) / 4;
    case ScalarType.DOUBLE:
      return (stop - scan.offset) / 8;
    default: {
      let count = 0;
      for (let k = scan.offset; k < stop; k++) if (scan.bytes[k]! < 128) count++;
      return count;
    }
  }
}

function skip(scan: Scan, wire: number, end: number): void {
  if (wire === 0) varint(scan, end);
  else if (wire === 1) scan.offset += 8;
  else if (wire === 5) scan.offset += 4;
  else throw notFitting(scan);
  if (scan.offset > end) throw notFitting(scan);
}

function varint(scan: Scan, end: number): number {
  let value = 0;
  for (let k = 0; k < 10 && scan.offset < end; k++) {
    const byte = scan.bytes[scan.offset++]!;
    value += (byte & 127) * 2 ** (7 * k);
    if (byte < 128) return value;
  }
  throw notFitting(scan);
}

function fieldsOf(message: DescMessage): ReadonlyMap<number, DescField> {
  const known = fields.get(message) ?? new Map(message.fields.map((field) => [field.number, field]));
  fields.set(message, known);
  return known;
}

function tooMany(scan: Scan) {
  return damaged(scan.path, `it lists more than ${mostElements} numbers one by one instead of as raw bytes`);
}

function notFitting(scan: Scan) {
  return damaged(scan.path, `the field that ends at byte ${scan.offset} does not fit into what holds it`);
}
