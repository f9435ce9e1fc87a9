import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiName } from '../../src/profile/cuda/api-names.js';
import {
  type ActivityEvent,
  type CallEvent,
  createTraceReader,
  type RangeEvent,
} from '../../src/profile/cuda/index.js';
import {
  api,
  buffers,
  clock,
  end,
  external,
  head,
  joined,
  kernel,
  memcpy,
  memset,
  monotonicOrigin,
  name,
  process,
  range,
  state,
  unknown,
} from '../support/trace-bytes.js';
import { writtenInC } from '../support/trace-in-c.js';

const records = [
  head({ pid: 4711 }),
  process({ command: 'lmp', library: '/opt/libcupti.so.13', cupti: 130001, driver: 13010 }),
  state({ stage: 0, code: -3, message: 'fine' }),
  clock(0, { monotonic: 2_000_000 }),
  name(1, '_Z1fPf'),
  name(2, 'step 9'),
  unknown(999, 64),
  range('push', 10_000, 2, { thread: 21 }),
  range('mark', 15_000, 2, { thread: 21 }),
  api({ start: 20_000, end: 30_000, correlation: 5, thread: 21, domain: 4, call: 307 }),
  external(5, 9),
  kernel({
    start: 40_000,
    end: 41_000,
    correlation: 5,
    device: 3,
    stream: 14,
    grid: [7, 8, 9],
    block: [10, 11, 12],
    registers: 33,
    shared: [512, 1024],
  }),
  memcpy({ start: 50_000, end: 52_000, bytes: 2 ** 33, correlation: 6, copyKind: 8, device: 2, stream: 15 }),
  memset({ start: 53_000, end: 53_500, bytes: 64, correlation: 7 }),
  range('pop', 60_000, 0, { thread: 21 }),
  clock(100_000, { monotonic: 2_100_000 }),
  buffers({ requested: 9, completed: 4 }),
  end({ requested: 9, completed: 9, dropped: 1, lost: 8, records: 5 }),
];

function read(parts: readonly Uint8Array[]) {
  const activities: ActivityEvent[] = [];
  const calls: CallEvent[] = [];
  const ranges: RangeEvent[] = [];
  const reader = createTraceReader({
    demangle: (text) => (text === '_Z1fPf' ? 'f(float*)' : text),
    sink: {
      onActivity: (event) => activities.push(event),
      onApi: (event) => calls.push(event),
      onRange: (event) => ranges.push(event),
    },
  });
  for (const part of parts) reader.push(part);
  const { devices: _, ...read } = reader.finish();
  return { ...read, activities, calls, ranges };
}

const milliseconds = (ns: number) => (Number(monotonicOrigin) + ns) / 1e6;

describe('the bytes of a trace', () => {
  const whole = read([joined(records)]);

  it('are read field by field', () => {
    expect(whole.about).toEqual({
      pid: 4711,
      name: 'lmp',
      library: '/opt/libcupti.so.13',
      cuptiVersion: 130001,
      driverVersion: 13010,
      dropped: 1,
      complete: true,
      hijacked: false,
    });
    expect(whole.state).toEqual({ available: true, stage: 'ready', code: -3, message: 'fine' });
    const from = (ns: number) => milliseconds(2_000_000 + ns);
    const [kernelEvent, copyEvent, memsetEvent] = whole.activities.toSorted((a, b) => a.start - b.start);
    const event = { pid: 4711, context: 1 };
    expect(kernelEvent).toEqual({
      ...event,
      kind: 'kernel',
      name: 'f(float*)',
      device: 3,
      stream: 14,
      start: from(40_000),
      end: from(41_000),
      correlation: 5,
      step: 9,
      bytes: null,
    });
    expect(copyEvent).toMatchObject({
      ...event,
      kind: 'copy',
      name: 'device-to-device',
      device: 2,
      stream: 15,
    });
    expect(copyEvent).toMatchObject({ bytes: 2 ** 33, start: from(50_000), end: from(52_000), step: null });
    expect(memsetEvent).toMatchObject({
      ...event,
      kind: 'memset',
      name: 'memset',
      bytes: 64,
      correlation: 7,
    });
    expect(whole.calls).toEqual([
      {
        pid: 4711,
        name: 'cuLaunchKernel',
        thread: 21,
        start: from(20_000),
        end: from(30_000),
        correlation: 5,
        step: 9,
      },
    ]);
    const step = { pid: 4711, name: 'step 9', thread: 21, step: 9 };
    expect(whole.ranges).toEqual([
      { ...step, start: from(15_000), end: from(15_000), mark: true },
      { ...step, start: from(10_000), end: from(60_000), mark: false },
    ]);
    const { launches } = whole.rows.find(({ kind }) => kind === 'kernel')!;
    expect([...launches.counts.values()]).toEqual([
      { configuration: [7, 8, 9, 10, 11, 12, 33, 512, 1024], count: 1 },
    ]);
  });

  it.each([1, 3, 7, 8, 16, 61, 4096])('are the same in chunks of %i', (size) => {
    const bytes = joined(records);
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
      bytes.slice(k * size, (k + 1) * size),
    );
    expect(read(parts)).toEqual(whole);
  });

  it('are the same from memory that is not aligned, and that is used again', () => {
    const bytes = joined(records);
    const memory = new Uint8Array(bytes.length + 3);
    memory.set(bytes, 3);
    expect(read([memory.subarray(3)])).toEqual(whole);
    const again = new Uint8Array(50);
    const reader = createTraceReader();
    for (let at = 0; at < bytes.length; at += 50) {
      again.fill(0xff);
      again.set(bytes.subarray(at, at + 50));
      reader.push(again.subarray(0, Math.min(50, bytes.length - at)));
    }
    expect(reader.finish().about).toEqual(whole.about);
  });

  it.skipIf(spawnSync('cc', ['--version']).status !== 0)(
    'are those of the C header (needs a C compiler)',
    () => {
      expect(read([writtenInC()])).toEqual(whole);
    },
  );
});

const headers = globalThis.process.env.CUPTI_INCLUDE;

describe('names of API calls', () => {
  it('of both interfaces are known, others are numbers', () => {
    expect([apiName(5, 211), apiName(4, 307), apiName(5, 41)]).toEqual([
      'cudaLaunchKernel',
      'cuLaunchKernel',
      'cudaMemcpyAsync',
    ]);
    expect([apiName(5, 9999), apiName(4, 9999), apiName(7, 1)]).toEqual([
      'runtime 9999',
      'driver 9999',
      'domain 7 1',
    ]);
  });

  it.skipIf(!headers)('are those of the headers in $CUPTI_INCLUDE', () => {
    const files = readdirSync(headers ?? '.').filter((file) => /^cupti_(runtime|driver)_cbid\.h$/.test(file));
    expect(files.length).toBe(2);
    for (const file of files) {
      const domain = file.includes('runtime') ? 5 : 4;
      const text = readFileSync(join(headers!, file), 'utf8');
      const plain = [...text.matchAll(/CBID_(cu\w+?)(?:_v\d+)*(?:_pts?[dz]s?z?)?(?:_v\d+)?\s*=\s*(\d+)/g)];
      const named = plain.filter(([, , number]) => !/ \d+$/.test(apiName(domain, Number(number))));
      expect(named.length).toBeGreaterThan(50);
      expect(named.filter(([, text, number]) => apiName(domain, Number(number)) !== text)).toEqual([]);
    }
  });
});
