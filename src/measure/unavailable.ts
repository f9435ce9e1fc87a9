// Why something of the system is not told, as data: a code, and behind a colon what was met. report/words/ has the words.

import { getSystemErrorName } from 'node:util';

export const unavailableCodes = [
  'no-addon',
  'old-addon',
  'no-counter',
  'not-permitted',
  'not-supported',
  'not-scheduled',
  'counter-failed',
  'user-space',
  'no-rapl',
  'energy-not-permitted',
  'no-driver',
  'no-nvml',
  'nvml-failed',
  'no-device',
] as const;
export type UnavailableCode = (typeof unavailableCodes)[number];

/** `code`, or `code:detail`. */
export function unavailable(code: UnavailableCode, detail = ''): string {
  return detail === '' ? code : `${code}:${detail}`;
}

/** Of a counter that the kernel refused, by its errno. */
export function refusedCounter(errno: number): string {
  const name = getSystemErrorName(-errno);
  return unavailable(refusals[name] ?? 'counter-failed', name);
}

const refusals: Readonly<Record<string, UnavailableCode>> = {
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  ENOENT: 'no-counter',
  ENODEV: 'no-counter',
  ENXIO: 'no-counter',
  EOPNOTSUPP: 'no-counter',
  ENOTSUP: 'no-counter',
  ENOSYS: 'not-supported',
  EINVAL: 'not-supported',
};
