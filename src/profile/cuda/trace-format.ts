// The bytes of a hook trace as native/cuda/trace-format.h lays them out: kinds of records, and where their parts lie.

export const traceMagic = 'MDBTRACE';
export const traceVersion = 1;
export const headBytes = 16;
export const recordHeadBytes = 8;
/** A record that claims more is taken for garbage. */
export const mostRecordBytes = 1 << 20;

export const kinds = {
  process: 1,
  state: 2,
  clock: 3,
  name: 4,
  kernel: 5,
  copy: 6,
  memset: 7,
  call: 8,
  external: 9,
  range: 10,
  buffers: 11,
  end: 12,
} as const;

/** Bytes of a record of each kind without its text, by its number; the kinds of `kinds` in their order. */
export const fixedBytes = [0, 24, 24, 32, 16, 96, 64, 64, 40, 24, 40, 40, 48] as const;

/** External correlation that is ours: CUPTI_EXTERNAL_CORRELATION_KIND_CUSTOM2. */
export const ownExternalKind = 5;

export const rangeActions = { push: 1, pop: 2, start: 3, end: 4, mark: 5 } as const;

/** As a double: exact below 2^53. */
export function readUint64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 0x100000000 + view.getUint32(at, true);
}

/** Null: the record is too short for its text. */
export function readText(view: DataView, at: number, length: number, end: number): string | null {
  if (at + length > end) return null;
  return decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
}

const decoder = new TextDecoder();
