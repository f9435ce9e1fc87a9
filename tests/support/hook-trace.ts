// A small reader of hook traces for tests, from the words of native/cuda/trace-format.h alone.

import { readFileSync } from 'node:fs';

export interface Kernel {
  start: bigint;
  end: bigint;
  device: number;
  context: number;
  stream: number;
  correlation: number;
  grid: number[];
  block: number[];
  registers: number;
  staticShared: number;
  dynamicShared: number;
  name: string;
  graphNode: bigint;
  graph: number;
}

interface Copy {
  start: bigint;
  end: bigint;
  bytes: bigint;
  stream: number;
  correlation: number;
  kind: number;
  source: number;
  target: number;
}

interface Range {
  time: bigint;
  range: bigint;
  action: number;
  thread: number;
  name: string;
}

type Counts = { requested: bigint; completed: bigint; dropped: bigint; lost: bigint };

export interface HookTrace {
  pid: number;
  /** Number of each record in their order. */
  kinds: number[];
  processes: { cupti: number; driver: number; parent: number; command: string; library: string }[];
  states: { stage: number; code: number; text: string; mode: number }[];
  clocks: { monotonic: bigint; realtime: bigint; cupti: bigint }[];
  names: string[];
  kernels: Kernel[];
  copies: Copy[];
  sets: Copy[];
  apis: { start: bigint; end: bigint; domain: number; cbid: number; thread: number; correlation: number }[];
  externals: { external: bigint; kind: number; correlation: number }[];
  ranges: Range[];
  buffers: Counts[];
  end: (Counts & { records: bigint }) | null;
  /** Bytes after the last whole record. */
  rest: number;
}

/** Throws where the bytes break the format, except that the last record may be cut. */
export function readHookTrace(file: string): HookTrace {
  const bytes = readFileSync(file);
  if (bytes.subarray(0, 8).toString('latin1') !== 'MDBTRACE') throw new Error('no trace');
  if (bytes.readUInt32LE(8) !== 1) throw new Error('another version');
  const trace = emptyTrace(bytes.readUInt32LE(12));
  const names = new Map<number, string>();
  let at = 16;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    if (length < 8 || length % 8 !== 0) throw new Error(`a record of ${length} bytes at ${at}`);
    if (at + length > bytes.length) break;
    if (trace.end !== null) throw new Error('a record after END');
    readRecord(trace, names, bytes.subarray(at, at + length));
    at += length;
  }
  trace.rest = bytes.length - at;
  return trace;
}

function emptyTrace(pid: number): HookTrace {
  const lists = { processes: [], states: [], clocks: [], names: [], kernels: [], copies: [], sets: [] };
  return { pid, kinds: [], ...lists, apis: [], externals: [], ranges: [], buffers: [], end: null, rest: 0 };
}

function readRecord(trace: HookTrace, names: Map<number, string>, record: Buffer) {
  const kind = record.readUInt16LE(0);
  const u32 = (at: number) => record.readUInt32LE(at);
  const u64 = (at: number) => record.readBigUInt64LE(at);
  const text = (at: number, length: number) => {
    if (at + length > record.length) throw new Error(`text beyond a record of kind ${kind}`);
    return record.subarray(at, at + length).toString('utf8');
  };
  const nameOf = (id: number) => {
    if (id === 0) return '';
    const name = names.get(id);
    if (name === undefined) throw new Error(`a record of kind ${kind} before its name ${id}`);
    return name;
  };
  trace.kinds.push(kind);
  if (kind === 1) {
    const [command = '', library = ''] = text(24, u32(20)).split('\n');
    trace.processes.push({ cupti: u32(8), driver: u32(12), parent: u32(16), command, library });
  } else if (kind === 2) {
    const mode = record.readUInt16LE(2);
    trace.states.push({ stage: u32(8), code: record.readInt32LE(12), text: text(24, u32(16)), mode });
  } else if (kind === 3) {
    trace.clocks.push({ monotonic: u64(8), realtime: u64(16), cupti: u64(24) });
  } else if (kind === 4) {
    if (names.has(u32(8))) throw new Error(`name ${u32(8)} twice`);
    names.set(u32(8), text(16, u32(12)));
    trace.names.push(text(16, u32(12)));
  } else if (kind === 5) {
    trace.kernels.push(kernelOf(record, nameOf(u32(76))));
  } else if (kind === 6 || kind === 7) {
    const [copyKind, source, target] = [u32(48), u32(52), u32(56)];
    const times = { start: u64(8), end: u64(16), bytes: u64(24) };
    const copy = { ...times, stream: u32(40), correlation: u32(44), kind: copyKind, source, target };
    (kind === 6 ? trace.copies : trace.sets).push(copy);
  } else if (kind === 8) {
    const call = { domain: u32(24), cbid: u32(28), thread: u32(32), correlation: u32(36) };
    trace.apis.push({ start: u64(8), end: u64(16), ...call });
  } else if (kind === 9) {
    trace.externals.push({ external: u64(8), kind: u32(16), correlation: u32(20) });
  } else if (kind === 10) {
    const named = u32(24) === 2 || u32(24) === 4 ? '' : nameOf(u32(32));
    trace.ranges.push({ time: u64(8), range: u64(16), action: u32(24), thread: u32(28), name: named });
  } else if (kind === 11 || kind === 12) {
    const counts = { requested: u64(8), completed: u64(16), dropped: u64(24), lost: u64(32) };
    if (kind === 11) trace.buffers.push(counts);
    else trace.end = { ...counts, records: u64(40) };
  }
}

function kernelOf(record: Buffer, name: string): Kernel {
  const u32 = (at: number) => record.readUInt32LE(at);
  const three = (at: number) => [
    record.readInt32LE(at),
    record.readInt32LE(at + 4),
    record.readInt32LE(at + 8),
  ];
  return {
    start: record.readBigUInt64LE(8),
    end: record.readBigUInt64LE(16),
    device: u32(24),
    context: u32(28),
    stream: u32(32),
    correlation: u32(36),
    grid: three(40),
    block: three(52),
    registers: u32(64),
    staticShared: record.readInt32LE(68),
    dynamicShared: record.readInt32LE(72),
    name,
    graphNode: record.readBigUInt64LE(80),
    graph: u32(88),
  };
}

/** The external id of each kernel, through the correlation of its call; −1 where there is none. */
export function stepsOfKernels(trace: HookTrace): number[] {
  const steps = new Map(trace.externals.map(({ correlation, external }) => [correlation, Number(external)]));
  return trace.kernels.map(({ correlation }) => steps.get(correlation) ?? -1);
}

/** Name of the innermost range of its thread in which each kernel was launched; '' where there is none. */
export function rangesOfKernels({ kernels, apis, ranges }: HookTrace): string[] {
  const calls = new Map(apis.map((call) => [call.correlation, call]));
  return kernels.map(({ correlation }) => {
    const call = calls.get(correlation);
    const open: string[] = [];
    for (const { thread, time, action, name } of ranges) {
      if (call === undefined || thread !== call.thread || time > call.start) continue;
      if (action === 1) open.push(name);
      else if (action === 2) open.pop();
    }
    return open.at(-1) ?? '';
  });
}
