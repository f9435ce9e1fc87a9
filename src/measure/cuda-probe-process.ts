// The program of the probe: one line of JSON on stdout, then its end.

import { addon } from '../addon.js';
import { hookStages } from '../result/cuda-profile.js';
import type { CudaProbe } from './cuda-probe.js';
import { openDevices } from './device-monitor.js';

const [stage, code, message] = addon?.hookProbe() ?? [1, 0, ''];
const opened = openDevices(addon);
const probe: CudaProbe = {
  hook: {
    available: stage === 0,
    stage: hookStages[stage] ?? 'no-hook',
    code: code === 0 ? null : code,
    message,
  },
  nvml:
    'reason' in opened
      ? { devices: '', reason: opened.reason }
      : { devices: opened.found.map(({ name }) => name).join(', '), reason: null },
};
process.stdout.write(`${JSON.stringify(probe)}\n`);
