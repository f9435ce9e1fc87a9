// From samples of NVML to what a profile says of a device: medians, throttling, memory, energy.

import type { CudaDevice } from '../result/index.js';
import { quantile } from '../stats/index.js';

/** Values of one sample, in the order of native/cuda/nvml.h; NaN where the driver does not tell. */
export const deviceValues = [
  'memoryUsed',
  'memoryTotal',
  'processMemory',
  'smClock',
  'memoryClock',
  'reasons',
  'power',
  'energy',
  'temperature',
  'utilization',
] as const;
export type DeviceSample = Readonly<Record<(typeof deviceValues)[number], number>>;

export interface SampledDevice {
  readonly name: string;
  readonly uuid: string;
  readonly samples: readonly DeviceSample[];
}

/** ms: drivers sample power in windows of up to a second, so that the energy of a shorter run is mostly chance. */
const shortestEnergy = 3000;

/**
 * Bits of nvmlClocksEventReasons that hold the clock below what it could be. Idle (0x1) and clocks that were set by the
 * user (0x2) are no throttling.
 */
const throttling: Readonly<Record<number, string>> = {
  4: 'power-cap',
  8: 'hardware-slowdown',
  16: 'sync-boost',
  32: 'software-thermal',
  64: 'hardware-thermal',
  128: 'power-brake',
  256: 'display-clock',
};
const harmless = 0x3;

/** Those that the processes used, or all where NVML does not tell that. elapsed: ms from the first sample to the last. */
export function describeDevices(devices: readonly SampledDevice[], elapsed: number): CudaDevice[] {
  const described = devices.map((device) => describeDevice(device, elapsed));
  const used = described.filter(({ processMemory }) => processMemory !== null);
  return used.length > 0 ? used : described;
}

/** Pure; `throttled` counts the samples under any reason of `throttleReasons`. */
export function describeDevice({ name, uuid, samples }: SampledDevice, elapsed: number): CudaDevice {
  const told = (value: keyof DeviceSample) =>
    samples.map((sample) => sample[value]).filter((number) => Number.isFinite(number));
  const median = (value: keyof DeviceSample) => (told(value).length > 0 ? quantile(told(value), 0.5) : null);
  const reasons = told('reasons').map(throttleReasons);
  return {
    name,
    uuid,
    samples: samples.length,
    throttled: reasons.filter((names) => names.length > 0).length,
    throttleReasons: [...new Set(reasons.flat())].sort(),
    processMemory: largestMemory(told('processMemory')),
    smClock: median('smClock'),
    memoryClock: median('memoryClock'),
    temperature: median('temperature'),
    power: median('power'),
    energy: elapsed < shortestEnergy ? null : difference(told('energy')),
  };
}

/** Names of the bits; one without a name as `reason-0x200`. */
export function throttleReasons(bits: number): string[] {
  const names = [];
  for (let bit = 1; bit <= bits; bit *= 2) {
    const set = Math.floor(bits / bit) % 2 === 1;
    if (set && (bit & harmless) === 0) names.push(throttling[bit] ?? `reason-0x${bit.toString(16)}`);
  }
  return names;
}

/** Zero means that NVML knows the processes by other numbers, as in a container, or that they used nothing. */
function largestMemory(bytes: readonly number[]): number | null {
  const largest = Math.max(0, ...bytes);
  return largest > 0 ? largest : null;
}

/** The counter begins anew when the driver is loaded: then nothing can be said. */
function difference(counter: readonly number[]): number | null {
  if (counter.length < 2) return null;
  const spent = counter[counter.length - 1] - counter[0];
  return spent >= 0 ? spent : null;
}
