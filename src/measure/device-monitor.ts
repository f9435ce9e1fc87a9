// Devices seen from outside while a worker or a command runs: NVML, five times a second, from this process.

import { type Addon, backend, addon as loaded } from '../addon.js';
import type { CudaDevice } from '../result/index.js';
import { now } from './clock.js';
import { driverPresent } from './cuda-driver.js';
import { type DeviceSample, describeDevices, deviceValues, type SampledDevice } from './device-samples.js';
import { unavailable } from './unavailable.js';

/** ms */
const interval = 200;

export type DeviceTeller = Pick<Addon, 'nvmlOpen' | 'nvmlDevices' | 'nvmlSample'>;

export interface DeviceMonitor {
  /** Ends it. reason: why there is no device, as data; null where there is one. */
  finish(): { readonly devices: CudaDevice[]; readonly reason: string | null };
}

/**
 * Samples until it is finished; the timer keeps no process alive.
 * @param pids of the processes whose device memory is added up, asked for anew at every sample
 */
export function watchDevices(
  pids: () => readonly number[],
  teller: Partial<DeviceTeller> | null = loaded,
): DeviceMonitor {
  const opened = openDevices(teller);
  if ('reason' in opened) return { finish: () => ({ devices: [], reason: opened.reason }) };
  const { nvml, found } = opened;
  const devices = found.map((device) => ({ ...device, samples: [] as DeviceSample[] }));
  const begun = now();

  function look(): void {
    const processes = Uint32Array.from(pids());
    for (const [k, device] of devices.entries()) device.samples.push(sampleOf(nvml, k, processes));
  }

  look();
  const timer = setInterval(look, interval).unref();
  return {
    finish() {
      clearInterval(timer);
      look();
      return { devices: describeDevices(devices, now() - begun), reason: null };
    },
  };
}

type Opened = { readonly nvml: DeviceTeller; readonly found: Omit<SampledDevice, 'samples'>[] };

/** NVML is loaded only where a driver is, because loading it creates device files. */
export function openDevices(teller: Partial<DeviceTeller> | null): Opened | { readonly reason: string } {
  if (!teller) return { reason: unavailable('no-addon', backend.reason ?? '') };
  if (!tellsDevices(teller)) return { reason: unavailable('old-addon') };
  if (!driverPresent()) return { reason: unavailable('no-driver') };
  const [code, message] = teller.nvmlOpen();
  if (code !== 0)
    return {
      reason: code < 0 ? unavailable('no-nvml', message) : unavailable('nvml-failed', `${code} ${message}`),
    };
  const found = teller.nvmlDevices();
  return found.length > 0 ? { nvml: teller, found } : { reason: unavailable('no-device') };
}

function tellsDevices(teller: Partial<DeviceTeller>): teller is DeviceTeller {
  return [teller.nvmlOpen, teller.nvmlDevices, teller.nvmlSample].every((one) => typeof one === 'function');
}

function sampleOf(nvml: DeviceTeller, device: number, processes: Uint32Array): DeviceSample {
  const values = new Float64Array(deviceValues.length).fill(Number.NaN);
  nvml.nvmlSample(device, processes, values);
  return Object.fromEntries(deviceValues.map((name, k) => [name, values[k]])) as unknown as DeviceSample;
}
