// Writes the bytes of hook traces field by field, in the order of the structs of native/cuda/trace-format.h.

type Field = readonly ['u16' | 'u32' | 'i32' | 'u64', number | bigint];

/** Realtime of the moment 0 of a test: CUPTI's times are larger than a double holds exactly. */
export const realtimeOrigin = 1_790_000_000_123_456_789n;
export const monotonicOrigin = 5_000_000_000_000n;

/** ns since the origin; a fraction is cut. */
const moment = (ns: number): Field => ['u64', realtimeOrigin + BigInt(Math.trunc(ns))];

export function head({ magic = 'MDBTRACE', version = 1, pid = 100 } = {}): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(new TextEncoder().encode(magic).subarray(0, 8));
  new DataView(bytes.buffer).setUint32(8, version, true);
  new DataView(bytes.buffer).setUint32(12, pid, true);
  return bytes;
}

export function process({
  command = 'python',
  library = '/lib/libcupti.so.12',
  cupti = 22,
  driver = 12040,
} = {}) {
  const text = new TextEncoder().encode(`${command}\n${library}`);
  return record(1, [u32(cupti), u32(driver), u32(1), u32(text.length)], text);
}

export function state({ stage = 0, code = 0, message = '', full = true } = {}) {
  const text = new TextEncoder().encode(message);
  return record(2, [u32(stage), ['i32', code], u32(text.length), u32(0)], text, full ? 1 : 0);
}

/** The clocks of a moment, ns since their origins; `cupti` null: none. */
export function clock(at: number, { monotonic = at, cupti = at as number | null } = {}) {
  return record(3, [
    ['u64', monotonicOrigin + BigInt(Math.trunc(monotonic))],
    moment(at),
    cupti === null ? ['u64', 0n] : moment(cupti),
  ]);
}

export function name(id: number, text: string) {
  const bytes = new TextEncoder().encode(text);
  return record(4, [u32(id), u32(bytes.length)], bytes);
}

export interface KernelFields {
  readonly start: number;
  readonly end: number;
  readonly correlation: number;
  readonly name?: number;
  readonly device?: number;
  readonly stream?: number;
  readonly grid?: readonly [number, number, number];
  readonly block?: readonly [number, number, number];
  readonly registers?: number;
  readonly shared?: readonly [number, number];
  readonly graph?: number;
}

export function kernel(fields: KernelFields) {
  const { start, end, correlation, name: id = 1, device = 0, stream = 7, registers = 32, graph = 0 } = fields;
  const { grid = [4, 1, 1], block = [128, 1, 1], shared = [0, 0] } = fields;
  return record(5, [
    moment(start),
    moment(end),
    ...[device, 1, stream, correlation].map(u32),
    ...[...grid, ...block].map((value): Field => ['i32', value]),
    u32(registers),
    ['i32', shared[0]],
    ['i32', shared[1]],
    u32(id),
    ['u64', BigInt(graph)],
    u32(graph),
    u32(0),
  ]);
}

export interface CopyFields {
  readonly start: number;
  readonly end: number;
  readonly bytes: number;
  readonly correlation: number;
  readonly copyKind?: number;
  readonly device?: number;
  readonly stream?: number;
}

export function memcpy({ start, end, bytes, correlation, copyKind = 1, device = 0, stream = 7 }: CopyFields) {
  const places = [device, 1, stream, correlation, copyKind, 1, 3, 0];
  return record(6, [moment(start), moment(end), ['u64', BigInt(bytes)], ...places.map(u32)]);
}

export function memset({ start, end, bytes, correlation, device = 0, stream = 7 }: CopyFields) {
  const places = [device, 1, stream, correlation, 0, 0, 3, 0];
  return record(7, [moment(start), moment(end), ['u64', BigInt(bytes)], ...places.map(u32)]);
}

export interface CallFields {
  readonly start: number;
  readonly end: number;
  readonly correlation: number;
  readonly thread?: number;
  readonly domain?: number;
  readonly call?: number;
}

export function api({ start, end, correlation, thread = 11, domain = 5, call = 211 }: CallFields) {
  return record(8, [moment(start), moment(end), ...[domain, call, thread, correlation].map(u32)]);
}

export function external(correlation: number, step: number, kind = 5) {
  return record(9, [['u64', BigInt(step)], u32(kind), u32(correlation)]);
}

export const actions = { push: 1, pop: 2, start: 3, end: 4, mark: 5 };

export function range(
  action: keyof typeof actions,
  time: number,
  id = 0,
  { thread = 11, range: key = 0 } = {},
) {
  return record(10, [moment(time), ['u64', BigInt(key)], ...[actions[action], thread, id, 0].map(u32)]);
}

export function buffers({ requested = 4, completed = 4, dropped = 0, lost = 0 } = {}) {
  return record(11, [requested, completed, dropped, lost].map(u64));
}

export function end({ requested = 4, completed = 4, dropped = 0, lost = 0, records = 0 } = {}) {
  return record(12, [requested, completed, dropped, lost, records].map(u64));
}

/** A record of a kind of one's own, to see that it is skipped. */
export function unknown(kind: number, bytes: number) {
  return record(kind, [], new Uint8Array(bytes - 8).fill(0xff));
}

function record(kind: number, fields: readonly Field[], tail = new Uint8Array(0), flags = 0): Uint8Array {
  const size = fields.reduce((sum, [type]) => sum + widths[type], 8) + tail.length;
  const bytes = new Uint8Array(Math.ceil(size / 8) * 8);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [type, value] of [['u16', kind], ['u16', flags], ['u32', bytes.length], ...fields] as Field[]) {
    if (type === 'u64') view.setBigUint64(at, BigInt(value), true);
    else if (type === 'u16') view.setUint16(at, Number(value), true);
    else if (type === 'i32') view.setInt32(at, Number(value), true);
    else view.setUint32(at, Number(value), true);
    at += widths[type];
  }
  bytes.set(tail, at);
  return bytes;
}

const widths = { u16: 2, u32: 4, i32: 4, u64: 8 };

function u32(value: number): Field {
  return ['u32', value];
}

function u64(value: number): Field {
  return ['u64', BigInt(value)];
}

export function joined(records: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of records) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A whole trace around its records: head, process, state, clocks at both ends, counts and end. */
export function trace(records: readonly Uint8Array[], { pid = 100, until = 1e9 } = {}): Uint8Array {
  return joined([
    head({ pid }),
    process(),
    state(),
    clock(0),
    ...records,
    clock(until),
    buffers(),
    end({ records: records.length }),
  ]);
}

export async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
