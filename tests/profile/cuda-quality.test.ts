import { describe, expect, it } from 'vitest';
import { assembleCudaProfile, createTraceReader } from '../../src/profile/cuda/index.js';
import { createRandom } from '../../src/random.js';
import { cudaProfileSchema } from '../../src/result/cuda-profile.js';
import { cudaContext } from '../support/cuda-profile.js';
import {
  api,
  buffers,
  chunks,
  clock,
  end,
  external,
  head,
  joined,
  kernel,
  memcpy,
  name,
  process,
  range,
  state,
  trace,
} from '../support/trace-bytes.js';

const context = { ...cudaContext, plainStep: 2 };

const body = [
  name(1, '_Z1fPf'),
  name(2, 'step 1'),
  api({ start: 1_000, end: 1_500, correlation: 2, call: 41 }),
  range('push', 5_000, 2),
  external(1, 1),
  api({ start: 10_000, end: 20_000, correlation: 1 }),
  kernel({ start: 30_000, end: 40_000, correlation: 1 }),
  memcpy({ start: 41_000, end: 42_000, bytes: 4, correlation: 2 }),
  range('pop', 50_000),
];
const begin = [head(), process(), state(), clock(0)];
const finish = [clock(1e6), buffers(), end()];

const assembled = (...parts: Uint8Array[][]) =>
  assembleCudaProfile(
    context,
    parts.map((records) => chunks(joined(records), 100)),
  );

describe('a trace', () => {
  it('that is sound has no doubts', async () => {
    const profile = await assembled([...begin, ...body, ...finish]);
    expect(profile.processes[0]).toMatchObject({
      complete: true,
      hijacked: false,
      dropped: 0,
      attributed: 1,
    });
    expect(profile.warnings).toEqual([]);
    expect([profile.steps, profile.kernels.length, profile.copies.length]).toEqual([1, 1, 1]);
  });

  it('without its end is incomplete, and says what it has', async () => {
    const profile = await assembled([...begin, ...body, clock(1e6), buffers({ requested: 4, completed: 3 })]);
    expect(profile.processes[0]).toMatchObject({ complete: false, hijacked: false });
    expect(profile.warnings).toEqual([{ code: 'trace-incomplete', values: { pid: 100, rest: 0 } }]);
    expect(profile.kernels.length).toBe(1);
  });

  it('whose last record is cut is incomplete', async () => {
    const bytes = joined([...begin, ...body]);
    const profile = await assembleCudaProfile(context, [chunks(bytes.subarray(0, bytes.length - 9), 64)]);
    expect(profile.warnings).toEqual([{ code: 'trace-incomplete', values: { pid: 100, rest: 31 } }]);
    expect(profile.kernels.length).toBe(1);
  });

  it('from which records were dropped or lost says how much', async () => {
    const profile = await assembled([...begin, ...body, clock(1e6), end({ dropped: 12, lost: 4096 })]);
    expect(profile.processes[0]).toMatchObject({ dropped: 12, complete: true });
    expect(profile.warnings).toEqual([
      { code: 'trace-records-dropped', values: { pid: 100, records: 12 } },
      { code: 'trace-bytes-lost', values: { pid: 100, bytes: 4096 } },
    ]);
  });

  it.each([
    ['kept buffers', [clock(1e6), end({ requested: 9, completed: 8 })], 'trace-callbacks-taken'],
    [
      'a clock of its own',
      [kernel({ start: 7e9, end: 7.1e9, correlation: 9 }), ...finish],
      'trace-clock-taken',
    ],
    [
      'a clock since boot',
      [kernel({ start: -1e18, end: -1e18 + 5, correlation: 9 }), ...finish],
      'trace-clock-taken',
    ],
  ])('taken over by a tool with %s is reported and not believed', async (_, rest, code) => {
    const profile = await assembled([...begin, ...body, ...rest]);
    expect(profile.processes).toEqual([
      expect.objectContaining({ hijacked: true, attribution: 'none', attributed: 0, unattributed: 0 }),
    ]);
    expect(profile.warnings.map((warning) => warning.code)).toEqual([code]);
    const { kernels, copies, api: calls, phases, gaps, steps } = profile;
    expect({ kernels, copies, calls, phases, gaps, steps }).toEqual({
      kernels: [],
      copies: [],
      calls: [],
      phases: [],
      gaps: null,
      steps: 0,
    });
    expect(profile.state.stage).toBe('ready');
  });

  it('that is cut may reach beyond its last clock, by as long as the hook may sleep', async () => {
    const late = kernel({ start: 3e9, end: 3.1e9, correlation: 9 });
    expect((await assembled([...begin, ...body, late])).processes[0].hijacked).toBe(false);
    expect((await assembled([...begin, ...body, late, ...finish])).processes[0].hijacked).toBe(true);
  });

  it('without clocks is read, and says that its times cannot be checked', async () => {
    const profile = await assembled([head(), process(), state(), ...body, end()]);
    expect(profile.warnings).toEqual([{ code: 'trace-clock-missing', values: { pid: 100 } }]);
    expect(profile.kernels[0].perStep).toBe(1);
  });

  it('whose records end before they begin leaves them out', async () => {
    const profile = await assembled([
      ...begin,
      ...body,
      kernel({ start: 9, end: 8, correlation: 3 }),
      ...finish,
    ]);
    expect(profile.warnings).toEqual([{ code: 'trace-implausible', values: { pid: 100, records: 1 } }]);
    expect(profile.kernels[0].instances).toBe(1);
  });

  it.each([
    ['nothing', [], 'trace-empty', { bytes: 0 }],
    ['half a head', [head().subarray(0, 9)], 'trace-empty', { bytes: 9 }],
    ['another file', [new TextEncoder().encode('{"traceEvents": []}')], 'trace-foreign', { bytes: 19 }],
    ['a later version', [head({ version: 7 }), ...body], 'trace-version', { version: 7 }],
  ])('that is %s is said to be that', async (_, parts, code, values) => {
    const profile = await assembled(parts);
    expect(profile.processes).toEqual([]);
    expect(profile.warnings).toEqual([{ code, values }]);
    expect(profile.state).toEqual(context.state);
  });

  const broken = (bytes: number, kind = 99) => {
    const record = new Uint8Array(40);
    new DataView(record.buffer).setUint16(0, kind, true);
    new DataView(record.buffer).setUint32(4, bytes, true);
    return record;
  };
  const tooLong = name(5, 'twelve bytes');
  new DataView(tooLong.buffer).setUint32(12, 13 + 8, true);
  const strange = state({ stage: 77 });

  it.each([
    ['of no bytes', broken(0)],
    ['of less than its head', broken(4)],
    ['of an odd size', broken(20)],
    ['of a gigabyte', broken(1 << 30)],
    ['shorter than its kind', broken(32, 5)],
    ['with a text longer than itself', tooLong],
    ['with a stage that is none', strange],
  ])('with a record %s is read up to there', async (_, record) => {
    const before = joined([...begin, ...body]);
    const profile = await assembled([...begin, ...body, record, ...finish]);
    expect(profile.warnings).toEqual([
      { code: 'trace-malformed', values: { pid: 100, offset: before.length } },
    ]);
    expect(profile.processes[0]).toMatchObject({ complete: false, hijacked: false });
    expect(profile.kernels.length).toBe(1);
  });

  it('of a hook that did not start tells the stage', async () => {
    const message = 'cuInit returned 100';
    const profile = await assembled([
      head(),
      process(),
      state({ stage: 6, code: 100, message }),
      clock(0),
      end(),
    ]);
    expect(profile.state).toEqual({ available: false, stage: 'no-device', code: 100, message });
    expect(profile.processes[0]).toMatchObject({ attribution: 'none', complete: true });
    expect(profile.gaps).toBeNull();
  });

  it('in which no call failed has no code', async () => {
    const profile = await assembled([head(), state({ stage: 5, message: 'no driver' }), end()]);
    expect(profile.state).toEqual({
      available: false,
      stage: 'driver-library',
      code: null,
      message: 'no driver',
    });
  });

  it('of a process that came further tells the state of all', async () => {
    const at = (stage: number) => [head({ pid: stage }), state({ stage }), end()];
    expect((await assembled(at(3), at(9), at(6))).state.stage).toBe('cupti-busy');
    expect((await assembled(at(3), at(0), at(13))).state.stage).toBe('ready');
  });
});

describe('mutated traces', () => {
  const whole = trace([...body, range('start', 60_000, 2, { range: 3 }), buffers(), ...body], { until: 1e6 });

  it('give a valid profile, whatever stands in them', async () => {
    const random = createRandom(20);
    for (let round = 0; round < 4000; round++) {
      const profile = await assembleCudaProfile(
        { ...context, steps: round % 3 === 0 ? 10 : null },
        [chunks(mutated(whole, random), 1 + random.integer(whole.length))],
        { mostWaiting: 4 },
      );
      const parsed = cudaProfileSchema.safeParse(profile);
      expect(parsed.error?.message).toBeUndefined();
      expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
    }
  });

  it('of pure noise give no process', () => {
    const random = createRandom(21);
    for (let round = 0; round < 200; round++) {
      const reader = createTraceReader();
      reader.push(Uint8Array.from({ length: 400 }, () => random.integer(256)));
      expect(reader.finish().about).toBeNull();
    }
  });
});

/** Flipped bytes, huge and zero words, cuts, pieces doubled or left out. */
function mutated(bytes: Uint8Array, random: ReturnType<typeof createRandom>): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let k = random.integer(6); k >= 0; k--) {
    const at = 16 + random.integer(copy.length - 24);
    const how = random.integer(4);
    if (how === 0) copy[at] ^= 1 << random.integer(8);
    else if (how === 1) view.setUint32(at & ~3, [0, 0xffffffff, 8, 0x80000000][random.integer(4)], true);
    else if (how === 2) view.setBigUint64(at & ~7, [0n, 2n ** 64n - 1n, 2n ** 63n][random.integer(3)], true);
    else copy.copyWithin(at & ~7, 16 + (random.integer(copy.length - 24) & ~7), copy.length);
  }
  return random.integer(3) === 0 ? copy.subarray(0, random.integer(copy.length)) : copy;
}
