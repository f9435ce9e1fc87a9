import { describe, expect, it } from 'vitest';
import {
  addDuration,
  createDurations,
  type Durations,
  describeDurations,
  mergeDurations,
  mostKept,
} from '../../src/profile/cuda/durations.js';
import { type ActivityEvent, createTraceReader, type RangeEvent } from '../../src/profile/cuda/index.js';
import { createRandom } from '../../src/random.js';
import { quantile, standardDeviation } from '../../src/stats/index.js';
import {
  api,
  clock,
  end,
  head,
  kernel,
  monotonicOrigin,
  name,
  range,
  state,
} from '../support/trace-bytes.js';

function read(records: readonly Uint8Array[]) {
  const activities: ActivityEvent[] = [];
  const ranges: RangeEvent[] = [];
  const sink = {
    onActivity: (event: ActivityEvent) => activities.push(event),
    onRange: (event: RangeEvent) => ranges.push(event),
  };
  const reader = createTraceReader({ sink });
  for (const record of records) reader.push(record);
  return { ...reader.finish(), activities, ranges };
}

const milliseconds = (ns: number) => (Number(monotonicOrigin) + ns) / 1e6;
const flush = 2e8;

describe('times', () => {
  /** CLOCK_REALTIME against CLOCK_MONOTONIC: 300 ppm fast, from the third flush on 200 ppm slow, and set once. */
  const realtimeAt = (monotonic: number) =>
    monotonic <= 3 * flush
      ? monotonic * 1.0003
      : 3 * flush * 1.0003 + (monotonic - 3 * flush) * 0.9998 + (monotonic > 6 * flush ? 5e8 : 0);

  it('follow a clock that drifts and is set, piece by piece', () => {
    const moments = [0, 1, 2, 3, 4, 5, 6, 6.000001, 7, 8].map((k) => k * flush);
    const starts = [0.5, 1.25, 2.9, 3.5, 5.1, 6.5, 7.75].map((k) => k * flush);
    const records = starts.flatMap((at, k) => [
      kernel({ start: realtimeAt(at), end: realtimeAt(at + 1e6), correlation: k + 1 }),
      range('mark', realtimeAt(at), 1),
    ]);
    const clocks = moments.map((at) => clock(realtimeAt(at), { monotonic: at, cupti: realtimeAt(at) }));
    for (const order of [
      [clocks[0], ...records, ...clocks.slice(1)],
      [...clocks, ...records],
    ]) {
      const { activities, ranges } = read([head(), state(), name(1, 'here'), ...order, end()]);
      const sorted = activities.toSorted((a, b) => a.start - b.start);
      expect(
        sorted.map(
          ({ start }) =>
            Math.abs(start - milliseconds(starts[sorted.findIndex((e) => e.start === start)])) < 1e-5,
        ),
      ).toEqual(starts.map(() => true));
      expect(
        ranges.every(({ start }) => starts.some((at) => Math.abs(start - milliseconds(at)) < 1e-5)),
      ).toBe(true);
      expect(ranges.length).toBe(starts.length);
    }
  });

  it('of calls and ranges meet although CUPTI has a clock of its own', () => {
    const cupti = (realtime: number) => 37e9 + realtime * 0.9999;
    const call = (at: number, correlation: number) => [
      api({ start: cupti(at), end: cupti(at + 100), correlation }),
      kernel({ start: cupti(at + 200), end: cupti(at + 300), correlation }),
    ];
    const marks = [1, 2, 3].flatMap((k) => [range('push', k * 1e6, k), range('pop', k * 1e6 + 1000)]);
    const calls = [1, 2, 3].flatMap((k) => [
      ...call(k * 1e6 + 10, 2 * k),
      ...call(k * 1e6 + 1010, 2 * k + 1),
    ]);
    const clocks = [0, 1e6, 2e6, 3e6, 4e6].map((at) => clock(at, { cupti: cupti(at) }));
    const names = [1, 2, 3].map((k) => name(k, `step ${k}`));
    const { activities, about } = read([
      head(),
      ...names,
      clocks[0],
      ...marks,
      ...calls,
      ...clocks.slice(1),
      end(),
    ]);
    expect(about?.hijacked).toBe(false);
    const steps = activities.toSorted((a, b) => a.correlation - b.correlation).map(({ step }) => step);
    expect(steps).toEqual([1, null, 2, null, 3, null]);
  });

  it('where CUPTI tells none are those of the system', () => {
    const clocks = [0, 1e6].map((at) => clock(at, { monotonic: at + 500, cupti: null }));
    const { activities, about } = read([
      head(),
      clocks[0],
      kernel({ start: 1000, end: 2000, correlation: 1 }),
      clocks[1],
      end(),
    ]);
    expect(about?.hijacked).toBe(false);
    expect(activities[0].start).toBeCloseTo(milliseconds(1500), 6);
  });

  it('that CUPTI tells only later do not mix with those before', () => {
    const cupti = (at: number) => at - 37e9;
    const clocks = [
      clock(0, { cupti: null }),
      clock(1e6, { cupti: null }),
      clock(2e6, { cupti: cupti(2e6) }),
    ];
    const launched = kernel({ start: cupti(2.5e6), end: cupti(2.6e6), correlation: 1 });
    const { activities, about } = read([
      head(),
      ...clocks,
      launched,
      clock(3e6, { cupti: cupti(3e6) }),
      end(),
    ]);
    expect(about?.hijacked).toBe(false);
    expect(activities[0].start).toBeCloseTo(milliseconds(2.5e6), 6);
  });

  it('of a range that never ends reach to the last moment', () => {
    const { ranges } = read([head(), clock(0), name(1, 'open'), range('push', 1000, 1), clock(9000), end()]);
    expect(ranges).toEqual([
      expect.objectContaining({ name: 'open', start: milliseconds(1000), end: milliseconds(9000) }),
    ]);
  });
});

describe('durations in little memory', () => {
  const filled = (values: readonly number[]): Durations => {
    const durations = createDurations();
    for (const value of values) addDuration(durations, value);
    return durations;
  };
  const random = createRandom(4);
  const many = Array.from({ length: mostKept + 5000 }, () => Math.round(Math.exp(6 + 3 * random.normal())));
  const truth = quantile(many, 0.5) / 1e6;

  it('have an exact median up to a million', () => {
    const exact = many.slice(0, mostKept);
    expect(describeDurations(filled(exact)).median).toBe(quantile(exact, 0.5) / 1e6);
  });

  it('beyond it are within 0.05 %, and all else is exact', () => {
    const whole = describeDurations(filled(many));
    expect(Math.abs(whole.median / truth - 1)).toBeLessThan(5e-4);
    expect(whole.sd! / (standardDeviation(many) / 1e6)).toBeCloseTo(1, 9);
    expect(whole.total).toBe(many.reduce((sum, value) => sum + value, 0) / 1e6);
  });

  it('are the same from parts as from one stream, exact and not', () => {
    for (const cuts of [
      [0, 10, 400, 4000],
      [0, 10, mostKept + 3000, many.length],
    ]) {
      const used = many.slice(0, cuts.at(-1));
      const parts = cuts.slice(1).map((until, k) => filled(used.slice(cuts[k], until)));
      const merged = describeDurations(mergeDurations(parts));
      const whole = describeDurations(filled(used));
      expect(Math.abs(merged.median / whole.median - 1)).toBeLessThan(1e-3);
      expect(merged.sd! / whole.sd!).toBeCloseTo(1, 9);
      expect(merged.mean / whole.mean).toBeCloseTo(1, 9);
      expect([merged.min, merged.max]).toEqual([whole.min, whole.max]);
    }
  });

  it('of zero and of one are themselves', () => {
    expect(describeDurations(filled([0]))).toEqual({
      total: 0,
      mean: 0,
      median: 0,
      min: 0,
      max: 0,
      sd: null,
    });
    expect(mergeDurations([]).count).toBe(0);
  });
});
