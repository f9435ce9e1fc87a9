// Whether an NVIDIA driver is loaded, by what the kernel says: loading libcuda or NVML would create device files.

import { existsSync } from 'node:fs';

/** `MDBENCH_DRIVER_PROBE` names another file to look for, as in native/cuda/driver-search.c. */
export function driverPresent(): boolean {
  const probe = process.env.MDBENCH_DRIVER_PROBE;
  if (probe !== undefined) return existsSync(probe);
  return existsSync('/proc/driver/nvidia/version') || existsSync('/dev/dxg');
}
