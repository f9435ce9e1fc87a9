// What NVML says of a device, for people.

import type { CudaDevice } from '../../result/cuda-profile.js';
import { counted } from '../format.js';

const throttling: Record<string, string> = {
  'power-cap': 'its power limit',
  'hardware-slowdown': 'a slowdown by the hardware (heat or power)',
  'sync-boost': 'a slower device of its group',
  'software-thermal': 'heat, by the driver',
  'hardware-thermal': 'heat, by the hardware',
  'power-brake': 'a brake of the power supply',
  'display-clock': 'the clock of a display',
};

/** The reasons that have words. */
export const throttlingCodes: readonly string[] = Object.keys(throttling);

export function throttleReason(code: string): string {
  return Object.hasOwn(throttling, code) ? throttling[code]! : code;
}

/** Null where no sample was throttled. */
export function describeThrottling({ name, samples, throttled, throttleReasons }: CudaDevice): string | null {
  if (throttled === 0) return null;
  const reasons = throttleReasons.map(throttleReason).join(', ');
  return `${name} was held back in ${throttled} of ${counted(samples, 'sample')}: ${reasons}. Times of that part are longer than the device needs.`;
}
