// Samples of devices, made up as NVML gives them, against arithmetic; a device that plays along through the addon's interface.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DeviceTeller, watchDevices } from '../../src/measure/device-monitor.js';
import {
  type DeviceSample,
  describeDevice,
  describeDevices,
  throttleReasons,
} from '../../src/measure/device-samples.js';

const idle: DeviceSample = {
  memoryUsed: 4e9,
  memoryTotal: 8e10,
  processMemory: 0,
  smClock: 345,
  memoryClock: 1593,
  reasons: 1,
  power: 70,
  energy: 5000,
  temperature: 31,
  utilization: 0,
};
const nothing = Object.fromEntries(
  Object.keys(idle).map((key) => [key, Number.NaN]),
) as unknown as DeviceSample;

function device(...samples: Partial<DeviceSample>[]) {
  return { name: 'GPU', uuid: 'GPU-1', samples: samples.map((sample) => ({ ...idle, ...sample })) };
}

describe('a device', () => {
  it('has medians, the largest memory, and the difference of its energy counter', () => {
    const samples = [
      { smClock: 1980, power: 400, temperature: 50, energy: 1000, processMemory: 1e9 },
      { smClock: 1410, power: 300, temperature: 60, energy: 1500, processMemory: 3e9 },
      { smClock: 1755, power: 350, temperature: 40, energy: 2250, processMemory: 2e9 },
    ];
    expect(describeDevice(device(...samples), 4000)).toEqual({
      name: 'GPU',
      uuid: 'GPU-1',
      samples: 3,
      throttled: 0,
      throttleReasons: [],
      processMemory: 3e9,
      smClock: 1755,
      memoryClock: 1593,
      temperature: 50,
      power: 350,
      energy: 1250,
    });
  });

  it('has no energy of a run of less than three seconds, nor over a counter that began anew', () => {
    const two = [{ energy: 1000 }, { energy: 1400 }];
    expect(describeDevice(device(...two), 2999).energy).toBeNull();
    expect(describeDevice(device(...two), 3000).energy).toBe(400);
    expect(describeDevice(device({ energy: 1000 }, { energy: 3 }), 9000).energy).toBeNull();
    expect(describeDevice(device({}), 9000).energy).toBeNull();
  });

  it('is throttled where its clock is held down, not where it is idle or was set', () => {
    const described = describeDevice(
      device({ reasons: 1 }, { reasons: 2 }, { reasons: 4 }, { reasons: 0x64 }, { reasons: 0 }),
      0,
    );
    expect(described.throttled).toBe(2);
    expect(described.throttleReasons).toEqual(['hardware-thermal', 'power-cap', 'software-thermal']);
  });

  it('of a driver that tells nothing is all null, and nothing is throttled', () => {
    const described = describeDevice({ ...device(), samples: [nothing, nothing] }, 9000);
    const { name, uuid, samples, throttled, throttleReasons: reasons, ...values } = described;
    expect([name, uuid, samples, throttled, reasons]).toEqual(['GPU', 'GPU-1', 2, 0, []]);
    expect(Object.values(values)).toEqual([null, null, null, null, null, null]);
  });

  it('that was told in a part of the samples has the medians of those', () => {
    const described = describeDevice(device({ smClock: Number.NaN }, { smClock: 900 }, { smClock: 1100 }), 0);
    expect(described.smClock).toBe(1000);
  });

  it('is left out when another one alone was used', () => {
    const used = { ...device({ processMemory: 5 }), uuid: 'GPU-2' };
    expect(describeDevices([device({}), used], 0).map(({ uuid }) => uuid)).toEqual(['GPU-2']);
    expect(describeDevices([device({}), device({})], 0).map((one) => one.processMemory)).toEqual([
      null,
      null,
    ]);
  });
});

it.each([
  [0x0, []],
  [0x3, []],
  [0x8, ['hardware-slowdown']],
  [0x10, ['sync-boost']],
  [0x80, ['power-brake']],
  [0x101, ['display-clock']],
  [0x204, ['power-cap', 'reason-0x200']],
])('the bits %i are %o', (bits, names) => {
  expect(throttleReasons(bits)).toEqual(names);
});

describe('a watch over devices', () => {
  const driver = join(mkdtempSync(join(tmpdir(), 'mdbench-driver-')), 'version');
  const asked: number[][] = [];
  const teller: DeviceTeller = {
    nvmlOpen: () => [0, ''],
    nvmlDevices: () => [
      { name: 'A', uuid: 'GPU-a' },
      { name: 'B', uuid: 'GPU-b' },
    ],
    nvmlSample(k, pids, values) {
      asked.push([k, ...pids]);
      values.set([4e9, 8e10, k === 1 ? 100 * asked.length : 0, 1000 + k, 1593, 4, 300, asked.length, 50, 90]);
    },
  };

  beforeEach(() => {
    writeFileSync(driver, '');
    vi.stubEnv('MDBENCH_DRIVER_PROBE', driver);
    asked.length = 0;
  });
  afterEach(() => vi.unstubAllEnvs());

  it('samples each of them for the processes that are there then, and gives the one that they used', async () => {
    const pids = [11];
    const watch = watchDevices(() => pids, teller);
    pids.push(12);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { devices, reason } = watch.finish();
    const seen = asked.length;
    expect(reason).toBeNull();
    expect(devices.map(({ uuid }) => uuid)).toEqual(['GPU-b']);
    expect(devices[0]).toMatchObject({ smClock: 1001, samples: seen / 2, throttled: seen / 2, energy: null });
    expect(devices[0].samples).toBeGreaterThanOrEqual(3);
    expect(devices[0].processMemory).toBe(100 * seen);
    expect(asked.slice(0, 2)).toEqual([
      [0, 11],
      [1, 11],
    ]);
    expect(asked.at(-1)).toEqual([1, 11, 12]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked.length).toBe(seen);
  });

  it.each<[string, Partial<DeviceTeller> | null, string]>([
    ['no addon', null, 'no-addon'],
    ['an addon of before', {}, 'old-addon'],
    [
      'no library',
      { ...teller, nvmlOpen: () => [-1, 'libnvidia-ml.so.1: not found'] },
      'no-nvml:libnvidia-ml.so.1: not found',
    ],
    [
      'a library that does not start',
      { ...teller, nvmlOpen: () => [18, 'Driver/library version mismatch'] },
      'nvml-failed:18 Driver/library version mismatch',
    ],
    ['no device', { ...teller, nvmlDevices: () => [] }, 'no-device'],
  ])('says why there is none: %s', (_, given, reason) => {
    const ended = watchDevices(() => [1], given).finish();
    expect(ended.devices).toEqual([]);
    expect(ended.reason).toMatch(new RegExp(`^${reason}`));
  });

  it('loads nothing where no driver is', () => {
    vi.stubEnv('MDBENCH_DRIVER_PROBE', `${driver}-not-there`);
    const nvmlOpen = vi.fn(teller.nvmlOpen);
    expect(watchDevices(() => [], { ...teller, nvmlOpen }).finish().reason).toBe('no-driver');
    expect(nvmlOpen).not.toHaveBeenCalled();
  });
});
