// What the devices do while another process is measured: NVML, five times a second, from this process.

import { addon } from '../addon.js';
import { type DeviceSample, describeDevice } from '../profile/index.js';
import type { CudaDevice } from '../result/index.js';
import { now } from './clock.js';

/** ms between two samples. */
const interval = 200;
const valuesPerSample = 10;

export interface DeviceWatch {
  /** Ends it; a second call changes nothing. `reason`: why there are no devices, in NVML's words. */
  finish(): { readonly devices: readonly CudaDevice[]; readonly reason: string | null };
}

/** @param pids the processes whose memory counts, asked at each sample */
export function watchDevices(pids: () => readonly number[]): DeviceWatch {
  if (!addon) return unavailable('the native part is not built');
  const [code, message] = addon.nvmlOpen();
  if (code !== 0) return unavailable(message);
  const { nvmlSample } = addon;
  const devices = addon.nvmlDevices();
  const samples: DeviceSample[][] = devices.map(() => []);
  const values = new Float64Array(valuesPerSample);
  const take = () => {
    const processes = Uint32Array.from(pids());
    const time = now();
    devices.forEach((_, k) => {
      nvmlSample(k, processes, values);
      samples[k]!.push({ time, ...namedValues(values) });
    });
  };
  take();
  const timer = setInterval(take, interval).unref();
  let ended = false;
  return {
    finish() {
      if (!ended) take();
      ended = true;
      clearInterval(timer);
      return { devices: devices.map((device, k) => describeDevice(device, samples[k]!)), reason: null };
    },
  };
}

function unavailable(reason: string): DeviceWatch {
  return { finish: () => ({ devices: [], reason }) };
}

/** In the order of native/cuda/nvml.h; NaN where the driver does not tell. */
function namedValues(values: Float64Array): Omit<DeviceSample, 'time'> {
  const [, , processMemory, smClock, memoryClock, reasons, power, energy, temperature] = values;
  return { processMemory, smClock, memoryClock, reasons, power, energy, temperature } as Omit<
    DeviceSample,
    'time'
  >;
}
