// Asks the driver, CUPTI and NVML what is there, in a process of its own: what they load and create ends with it.

import { spawnSync } from 'node:child_process';
import { addon, backend } from '../addon.js';
import { programFile } from '../package-file.js';
import type { HookState } from '../result/index.js';
import { driverPresent } from './cuda-driver.js';
import { unavailable } from './unavailable.js';

export interface CudaProbe {
  readonly hook: HookState;
  readonly nvml: {
    /** Names, joined. */
    readonly devices: string;
    readonly reason: string | null;
  };
}

/** ms; the first start of a driver takes seconds. */
const patience = 30_000;

/** Nothing is loaded where the addon or a driver in the kernel is not there. */
export function probeCuda(): CudaProbe {
  if (!addon) return nothing('no-hook', backend.reason ?? '', unavailable('no-addon', backend.reason ?? ''));
  if (typeof addon.hookProbe !== 'function') return nothing('no-hook', '', unavailable('old-addon'));
  if (!driverPresent()) return nothing('driver-library', '', unavailable('no-driver'));
  const child = spawnSync(process.execPath, [programFile('measure/cuda-probe-process')], {
    encoding: 'utf8',
    timeout: patience,
    env: withoutInjection(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (
    answerOf(child.stdout) ?? nothing('driver-init', endOf(child), unavailable('nvml-failed', endOf(child)))
  );
}

function nothing(stage: HookState['stage'], message: string, reason: string): CudaProbe {
  return { hook: { available: false, stage, code: null, message }, nvml: { devices: '', reason } };
}

/** Another tool's library is no business of a probe. */
function withoutInjection(): NodeJS.ProcessEnv {
  const { CUDA_INJECTION64_PATH: _, NVTX_INJECTION64_PATH: __, ...rest } = process.env;
  return rest;
}

/** Null where it ended before it had answered. */
function answerOf(text: string): CudaProbe | null {
  try {
    return JSON.parse(text.trim().split('\n').at(-1) ?? '');
  } catch {
    return null;
  }
}

function endOf({ status, signal }: { status: number | null; signal: string | null }): string {
  return signal ?? `exit code ${status}`;
}
