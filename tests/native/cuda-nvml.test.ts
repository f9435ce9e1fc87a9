// NVML through a stand-in with two devices, of which the second can do less; the values are those of stub-nvml.c.

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noCompiler, type Stubs } from '../support/cuda-stubs.js';
import { type Environment, spawnAmong } from '../support/hook-run.js';

const skipped = noCompiler === null ? '' : `: ${noCompiler}`;
const names = [
  'used',
  'total',
  'processes',
  'smClock',
  'memoryClock',
  'throttle',
  'power',
  'energy',
  'temperature',
  'utilization',
];
const first = {
  used: 3e9,
  total: 2 ** 33,
  processes: 4e8,
  smClock: 1410,
  memoryClock: 1593,
  throttle: 0x44,
  power: 123.456,
  energy: 9876543.21,
  temperature: 55,
  utilization: 87,
};

/** What the addon says of NVML: [code, message], the devices, and the values of each for the processes `pids`. */
function look(pids: readonly number[], stubs: Stubs = {}, environment: Environment = {}) {
  const script = `
    const addon = require(${JSON.stringify(resolve('native/build/mdbench.node'))});
    const opened = addon.nvmlOpen();
    const devices = addon.nvmlDevices();
    const values = [0, 1, 7].map((device) => {
      const into = new Float64Array(10);
      addon.nvmlSample(device, new Uint32Array(${JSON.stringify(pids)}), into);
      return [...into].map(String);
    });
    console.log(JSON.stringify({ opened, devices, values }));`;
  const run = spawnAmong(process.execPath, ['-e', script], environment, stubs);
  expect([run.status, run.stderr]).toEqual([0, '']);
  const { opened, devices, values } = JSON.parse(run.stdout);
  const named = values.map((row: string[]) =>
    Object.fromEntries(row.map((text, k) => [names[k], Number(text)])),
  );
  return { opened, devices, values: named as (typeof first)[] };
}

describe.skipIf(noCompiler !== null)(`NVML${skipped}`, () => {
  it('has the devices by name and UUID', () => {
    const { opened, devices } = look([]);
    expect(opened[0]).toBe(0);
    expect(devices).toEqual([
      { name: 'Stub Device A', uuid: 'GPU-11111111-2222-3333-4444-555555555555' },
      { name: 'Stub Device B', uuid: 'GPU-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' },
    ]);
  });

  it('has every value in its unit, and NaN for what a device does not tell', () => {
    const { values } = look([1000, 1002, 5]);
    expect(values[0]).toEqual(first);
    const second = { ...first, total: 2 ** 34, smClock: NaN, memoryClock: NaN, throttle: 0, temperature: 56 };
    expect(values[1]).toEqual({
      ...second,
      processes: NaN,
      power: 123.457,
      energy: 9876543.211,
      utilization: 88,
    });
    expect(Object.values(values[2]!)).toEqual(new Array(10).fill(NaN));
  });

  it('does not know the memory of a process that the driver does not list', () => {
    expect(look([5]).values[0]).toEqual({ ...first, processes: NaN });
  });

  it.each([
    ['nvmlDeviceGetMemoryInfo', { used: NaN, total: NaN }],
    ['nvmlDeviceGetComputeRunningProcesses_v2', { processes: NaN }],
    ['nvmlDeviceGetClockInfo', { smClock: NaN, memoryClock: NaN }],
    ['nvmlDeviceGetCurrentClocksEventReasons', { throttle: 0x48 }],
    ['nvmlDeviceGetPowerUsage', { power: NaN }],
    ['nvmlDeviceGetTotalEnergyConsumption', { energy: NaN }],
    ['nvmlDeviceGetTemperature', { temperature: NaN }],
    ['nvmlDeviceGetUtilizationRates', { utilization: NaN }],
  ])('does without %s', (missing, changed) => {
    expect(look([1000, 1002], { missing: [missing] }).values[0]).toEqual({ ...first, ...changed });
    if (missing.endsWith('EventReasons')) return;
    const failing = { MDBENCH_STUB_FAIL: `${missing}=3` };
    expect(look([1000, 1002], {}, failing).values[0]).toEqual({ ...first, ...changed });
  });

  it('says why there is none', () => {
    const failing = look([], {}, { MDBENCH_STUB_FAIL: 'nvmlInit_v2=9' });
    expect(failing.opened).toEqual([9, 'stub NVML error 9']);
    expect(failing.devices).toEqual([]);
    const lacking = look([], { missing: ['nvmlInit_v2'] });
    expect(lacking.opened).toEqual([-1, expect.stringContaining('libnvidia-ml.so.1')]);
    expect(lacking.values[0]!.used).toBeNaN();
  });
});
