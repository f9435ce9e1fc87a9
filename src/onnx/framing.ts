// Is this an ONNX file, and a whole one? Walks the outermost fields of the protobuf without decoding them,
// which tells a file that was cut off from one that never was a model.

import { MdbenchError } from '../errors.js';
import { ModelProtoSchema } from './proto/onnx_pb.js';

const varint = 0;
const delimited = 2;
const wireTypes = new Map<number, number>(
  ModelProtoSchema.fields.map((field) => [
    field.number,
    field.fieldKind === 'scalar' && field.scalar !== 9 ? varint : delimited,
  ]),
);
const graphField = field('graph');
const opsetField = field('opset_import');

/** Throws `not-onnx` or `truncated-onnx` unless the outermost fields of a ModelProto fill `bytes` exactly. */
export function checkFraming(bytes: Uint8Array, path: string): void {
  if (bytes.length === 0) throw notOnnx(path, 'it is empty');
  const reason = foreignFormat(bytes);
  if (reason) throw notOnnx(path, reason);
  const seen = new Set<number>();
  let offset = 0;
  while (offset < bytes.length) {
    const tag = readVarint(bytes, offset);
    const number = Math.floor((tag?.value ?? 0) / 8);
    const wire = (tag?.value ?? 0) % 8;
    if (tag && wireTypes.get(number) !== wire) {
      throw notOnnx(path, `byte ${offset} does not begin any field of an ONNX model`);
    }
    const end = tag && fieldEnd(bytes, tag.end, wire);
    if (end === undefined || end > bytes.length) throw cutOff(bytes, path, seen, offset, end);
    seen.add(number);
    offset = end;
  }
  if (!seen.has(graphField) || !seen.has(opsetField))
    throw truncated(bytes, path, 'it ends before the graph is complete');
}

function fieldEnd(bytes: Uint8Array, offset: number, wire: number): number | undefined {
  const head = readVarint(bytes, offset);
  return wire === delimited && head ? head.end + head.value : head?.end;
}

function cutOff(
  bytes: Uint8Array,
  path: string,
  seen: ReadonlySet<number>,
  offset: number,
  end: number | undefined,
) {
  if (seen.size === 0) return notOnnx(path, `byte ${offset} does not begin any field of an ONNX model`);
  const wanted = end === undefined ? 'more' : `${end}`;
  return truncated(bytes, path, `the field at byte ${offset} needs ${wanted} bytes`);
}

function readVarint(bytes: Uint8Array, offset: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let k = 0; k < 10 && offset + k < bytes.length; k++) {
    const byte = bytes[offset + k]!;
    value += (byte & 127) * 2 ** (7 * k);
    if (byte < 128) return { value, end: offset + k + 1 };
  }
  return undefined;
}

function foreignFormat(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (head.startsWith('version https://git-lfs'))
    return 'it is a Git LFS pointer: fetch the file with `git lfs pull`';
  if (head.startsWith('PK\x03\x04'))
    return 'it is a zip archive, as PyTorch checkpoints are: export the network to ONNX';
  if (head.startsWith('\x89HDF')) return 'it is an HDF5 file: export the network to ONNX';
  return undefined;
}

function field(name: string): number {
  return ModelProtoSchema.fields.find((entry) => entry.name === name)!.number;
}

export function notOnnx(path: string, reason: string): MdbenchError {
  return new MdbenchError(
    'not-onnx',
    `${path} is not an ONNX model: ${reason}.`,
    'Give the path of a file in ONNX format.',
  );
}

function truncated(bytes: Uint8Array, path: string, reason: string): MdbenchError {
  const message = `${path} is an ONNX model that was cut off: it has ${bytes.length} bytes, and ${reason}.`;
  return new MdbenchError('truncated-onnx', message, 'Copy or download the file again and compare its size.');
}
