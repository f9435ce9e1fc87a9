import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { cudaProfileSchema } from '../../src/result/cuda-profile.js';
import { mean, quantile, standardDeviation } from '../../src/stats/index.js';
import { assemble, cudaContext, launched, ms, us } from '../support/cuda-profile.js';
import {
  api,
  external,
  type KernelFields,
  kernel,
  memcpy,
  memset,
  name,
  range,
  trace,
} from '../support/trace-bytes.js';

describe('tables', () => {
  it('have the statistics of the durations', async () => {
    const random = createRandom(8);
    const durations = Array.from({ length: 901 }, () => 1000 + random.integer(50_000));
    const long = [30e6 + 1, 50e6 + 3, 40e6 + 7];
    let at = 0;
    const records = [...durations, ...long].flatMap((duration, k) => {
      at += 60_000_000;
      const times = { start: at, end: at + duration, correlation: k + 1 };
      return [kernel({ ...times, name: k < durations.length ? 1 : 2 }), external(k + 1, 1 + (k % 10))];
    });
    const named = [name(1, '_Z5shortv'), name(2, '_Z4longv')];
    const profile = await assemble([trace([...named, ...records], { until: at + 1e9 })], { plainStep: 4 });
    const inMs = (values: number[]) => values.map((value) => value / ms);
    const [longRow, shortRow] = profile.kernels;
    for (const [row, values] of [
      [longRow, inMs(long)],
      [shortRow, inMs(durations)],
    ] as const) {
      expect(row.instances).toBe(values.length);
      expect(row.perStep).toBeCloseTo(values.length / 10, 12);
      expect(row.durations.total).toBeCloseTo(mean(values) * values.length, 9);
      expect(row.durations.mean).toBeCloseTo(mean(values), 9);
      expect(row.durations.median / quantile(values, 0.5)).toBeCloseTo(1, 7);
      expect(row.durations.sd! / standardDeviation(values)).toBeCloseTo(1, 9);
      expect([row.durations.min, row.durations.max]).toEqual([Math.min(...values), Math.max(...values)]);
      expect(row.shareOfStep).toBeCloseTo((100 * row.durations.total) / 10 / 4, 9);
    }
    expect(shortRow.durations.median).toBe(quantile(inMs(durations), 0.5));
    expect(longRow.share + shortRow.share).toBeCloseTo(100, 9);
    expect(longRow.share / shortRow.share).toBeCloseTo(longRow.durations.total / shortRow.durations.total, 9);
  });

  it('name kernels as people write them, and join those that are then the same', async () => {
    const records = [
      name(1, '_Z1fPf'),
      name(2, '_ZL1fPf'),
      ...launched(1, 1, 0, 10, 20, { name: 1 }),
      ...launched(1, 2, 30, 40, 60, { name: 2 }),
      ...launched(1, 3, 70, 80, 81, { name: 9 }),
    ];
    const { kernels } = await assemble(
      [trace(records)],
      {},
      { demangle: (text: string) => text.replace(/^_ZL?1fPf$/, 'f(float*)') },
    );
    expect(kernels.map((row) => [row.name, row.instances, row.durations.total])).toEqual([
      ['f(float*)', 2, 0.03],
      ['#9', 1, 0.001],
    ]);
  });

  it('tell the most frequent launch of a kernel', async () => {
    const often: Partial<KernelFields> = {
      grid: [8, 2, 1],
      block: [64, 4, 1],
      registers: 40,
      shared: [16, 4096],
    };
    const launches: Partial<KernelFields>[] = [
      { grid: [1, 1, 1] },
      often,
      { grid: [2, 1, 1] },
      often,
      { grid: [1, 1, 1], registers: 33 },
    ];
    const records = launches.flatMap((more, k) => launched(1, k + 1, 20 * k, 20 * k + 10, 20 * k + 15, more));
    const { kernels } = await assemble([trace([name(1, 'k'), ...records])]);
    expect(kernels[0]).toMatchObject({
      grid: [8, 2, 1],
      block: [64, 4, 1],
      registers: 40,
      configurations: 3,
    });
    expect(kernels[0]).toMatchObject({ staticShared: 16, dynamicShared: 4096 });
  });

  it('sum copies by direction, and calls by name', async () => {
    const copy = (k: number, bytes: number, copyKind: number) =>
      memcpy({ start: k * 100, end: k * 100 + 50, bytes, correlation: k, copyKind });
    const records = [
      ...[copy(1, 1000, 1), copy(2, 24, 2), copy(3, 3000, 1), copy(4, 7, 10), copy(5, 1, 55)],
      memset({ start: 600, end: 601, bytes: 64, correlation: 6 }),
      external(1, 1),
      external(2, 1),
      external(3, 2),
      api({ start: 10, end: 20, correlation: 1, call: 41 }),
      api({ start: 40, end: 60, correlation: 3, call: 225 }),
      api({ start: 41, end: 59, correlation: 3, domain: 4, call: 277 }),
      api({ start: 70, end: 71, correlation: 8, call: 7777 }),
    ];
    const { copies, api: calls } = await assemble([trace(records)]);
    const row = (direction: string) => copies.find((entry) => entry.direction === direction);
    expect(row('host-to-device')).toMatchObject({ instances: 2, perStep: 1, bytes: 4000 });
    expect(row('device-to-host')).toMatchObject({ instances: 1, perStep: 0.5, bytes: 24 });
    expect(row('peer-to-peer')).toMatchObject({ instances: 1, perStep: 0 });
    expect(row('kind 55')).toMatchObject({ bytes: 1 });
    expect(row('memset')).toMatchObject({ instances: 1, bytes: 64 });
    expect(calls.map((entry) => [entry.name, entry.instances, entry.perStep])).toEqual([
      ['cudaMemcpyAsync', 2, 1],
      ['cuMemcpyHtoDAsync', 1, 0.5],
      ['runtime 7777', 1, 0],
    ]);
  });
});

describe('a program that marks no steps', () => {
  const records = [name(1, 'k'), ...launched(null, 1, 0, 10, 20), ...launched(null, 2, 30, 40, 60)];

  it('is averaged over the steps of the run, and labelled so', async () => {
    const profile = await assemble([trace(records)], { steps: 4, plainStep: 0.03 });
    expect(profile.processes[0]).toMatchObject({ attribution: 'average', attributed: 0, unattributed: 2 });
    expect(profile.steps).toBe(0);
    expect(profile.kernels[0]).toMatchObject({ instances: 2, perStep: 0.5 });
    expect(profile.kernels[0].shareOfStep).toBeCloseTo(25, 9);
    expect([profile.gaps!.busy, profile.gaps!.idle]).toEqual([0.03 / 4, 0.02 / 4]);
    expect(profile.warnings).toEqual([
      { code: 'activity-averaged', values: { pid: 100, activities: 2, steps: 4, marked: 0, elsewhere: 2 } },
    ]);
  });

  it('of which no steps are known has tables without steps', async () => {
    const profile = await assemble([trace(records)], { plainStep: 0.03 });
    expect(profile.processes[0].attribution).toBe('none');
    expect(profile.kernels[0]).toMatchObject({ instances: 2, perStep: 0, shareOfStep: null });
    expect(profile.gaps).toBeNull();
    expect(profile.warnings).toEqual([
      { code: 'activity-without-steps', values: { pid: 100, activities: 2 } },
    ]);
  });

  it('but launches on a thread without marks is averaged over the marks', async () => {
    const marks = [1, 2, 3].flatMap((k) => [
      range('push', 1000 * k, 2, { thread: 5 }),
      range('pop', 1000 * k + 500, 0, { thread: 5 }),
    ]);
    const profile = await assemble([trace([name(2, 'step'), ...marks, ...records])]);
    expect(profile.processes[0].attribution).toBe('average');
    expect(profile.kernels[0].perStep).toBeCloseTo(2 / 3, 12);
    expect(profile.warnings[0].values).toEqual({
      pid: 100,
      activities: 2,
      steps: 3,
      marked: 3,
      elsewhere: 2,
    });
  });
});

it('a program without CUDA has the phases that it marks', async () => {
  const marks = [1, 2].flatMap((k) => [
    range('push', k * ms, 2),
    range('push', k * ms + 100 * us, 3),
    range('pop', k * ms + 400 * us),
    range('pop', k * ms + 500 * us),
  ]);
  const profile = await assemble([trace([name(2, 'step'), name(3, 'forces'), ...marks])]);
  expect(profile.processes[0]).toMatchObject({ attribution: 'nvtx', attributed: 0, unattributed: 0 });
  expect(profile.steps).toBe(2);
  expect(profile.phases).toEqual([{ name: 'forces', host: 0.3, device: 0, kernels: 0 }]);
  expect(profile.warnings).toEqual([]);
});

describe('several processes', () => {
  const first = [name(1, 'k'), ...launched(1, 1, 0, 10, 20), ...launched(2, 2, 30, 40, 60)];
  const second = [name(7, 'k'), name(8, 'other'), ...launched(1, 1, 0, 10, 40, { name: 7, grid: [9, 1, 1] })];

  it('are one profile', async () => {
    const parts = [
      trace(first, { pid: 1 }),
      trace([...second, ...launched(1, 2, 50, 60, 61, { name: 8 })], { pid: 2 }),
    ];
    const profile = await assemble(parts, { plainStep: 1 });
    expect(profile.processes.map(({ pid, attributed }) => [pid, attributed])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(profile.steps).toBe(2);
    const [row, other] = profile.kernels;
    expect(row).toMatchObject({ name: 'k', instances: 3, perStep: 2, configurations: 1, grid: [4, 1, 1] });
    expect(row.durations).toMatchObject({ min: 0.01, median: 0.02, max: 0.03, total: 0.06 });
    expect(row.shareOfStep).toBeCloseTo(100 * (0.015 + 0.03), 9);
    expect(other).toMatchObject({ name: 'other', instances: 1, perStep: 1 });
    expect(cudaProfileSchema.parse(profile)).toEqual(profile);
  });

  it('of which one is hijacked keep the others', async () => {
    const taken = trace([...second, kernel({ start: 1e12, end: 2e12, correlation: 5 })], { pid: 2 });
    const profile = await assemble([trace(first, { pid: 1 }), taken]);
    expect(profile.processes.map(({ hijacked }) => hijacked)).toEqual([false, true]);
    expect(profile.kernels[0]).toMatchObject({ instances: 2, perStep: 1 });
  });

  it('of which one has no activity have no warnings of it', async () => {
    const profile = await assemble([trace([], { pid: 1 }), trace(first, { pid: 2 })]);
    expect(profile.processes[0]).toMatchObject({ pid: 1, attribution: 'none', unattributed: 0 });
    expect(profile.warnings).toEqual([]);
  });

  it('that are none at all leave what the caller knows', async () => {
    const profile = await assemble([]);
    expect(profile).toMatchObject({
      asked: 'full',
      state: cudaContext.state,
      overhead: cudaContext.overhead,
      gaps: null,
    });
    expect(cudaProfileSchema.parse(profile)).toEqual(profile);
  });
});
