// From samples of a device to what a profile says of it: medians, throttling by name, energy of runs long enough.

import type { CudaDevice } from '../result/cuda-profile.js';
import { quantile } from '../stats/index.js';

/** NaN where the driver does not tell. Time in ms, memory in bytes, clocks in MHz, power in W, energy in J, °C. */
export interface DeviceSample {
  readonly time: number;
  readonly processMemory: number;
  readonly smClock: number;
  readonly memoryClock: number;
  readonly reasons: number;
  readonly power: number;
  readonly energy: number;
  readonly temperature: number;
}

/** Bits of nvmlClocksEventReasons that slow a device down; idle (0x1) and clocks that were asked for (0x2) do not. */
const throttleReasons: readonly [number, string][] = [
  [0x4, 'power-cap'],
  [0x8, 'hardware-slowdown'],
  [0x10, 'sync-boost'],
  [0x20, 'software-thermal'],
  [0x40, 'hardware-thermal'],
  [0x80, 'power-brake'],
];

/** ms: the energy counter of some devices moves a few times a second only. */
const shortestForEnergy = 3000;

export function describeDevice(
  { name, uuid }: { readonly name: string; readonly uuid: string },
  samples: readonly DeviceSample[],
): CudaDevice {
  const throttled = samples.filter(({ reasons }) => namesOf(reasons).length > 0);
  const memory = told(samples, 'processMemory');
  return {
    name,
    uuid,
    samples: samples.length,
    throttled: throttled.length,
    throttleReasons: [...new Set(throttled.flatMap(({ reasons }) => namesOf(reasons)))],
    processMemory: memory.length > 0 ? Math.max(...memory) : null,
    smClock: median(samples, 'smClock'),
    memoryClock: median(samples, 'memoryClock'),
    temperature: median(samples, 'temperature'),
    power: median(samples, 'power'),
    energy: energyOf(samples),
  };
}

function namesOf(reasons: number): string[] {
  if (!Number.isFinite(reasons)) return [];
  return throttleReasons.filter(([bit]) => (reasons & bit) !== 0).map(([, name]) => name);
}

function told(samples: readonly DeviceSample[], name: keyof DeviceSample): number[] {
  return samples.map((sample) => sample[name]).filter(Number.isFinite);
}

function median(samples: readonly DeviceSample[], name: keyof DeviceSample): number | null {
  const values = told(samples, name);
  return values.length > 0 ? quantile(Float64Array.from(values), 0.5) : null;
}

function energyOf(samples: readonly DeviceSample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.time - first.time < shortestForEnergy) return null;
  const joules = last.energy - first.energy;
  return Number.isFinite(joules) ? joules : null;
}
