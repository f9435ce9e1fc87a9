// Profiles of written traces, and launches that are written as a call, an identifier and a kernel.

import {
  assembleCudaProfile,
  type CudaContext,
  type TraceReaderOptions,
} from '../../src/profile/cuda/index.js';
import { api, chunks, external, type KernelFields, kernel } from './trace-bytes.js';

export const us = 1000;
export const ms = 1e6;

export const cudaContext: CudaContext = {
  asked: 'full',
  state: { available: false, stage: 'no-hook', code: null, message: 'not built' },
  steps: null,
  plainStep: null,
  overhead: { mode: 'full', ratio: 1.1, of: 'step' },
  devices: [],
  deviceReason: null,
};

export function assemble(
  traces: readonly Uint8Array[],
  change: Partial<CudaContext> = {},
  options: TraceReaderOptions = {},
) {
  return assembleCudaProfile(
    { ...cudaContext, ...change },
    traces.map((bytes) => chunks(bytes, 4096)),
    options,
  );
}

/** Launched in a step by a call of 5 µs at `at`; runs from `start` to `end`; all in µs. */
export function launched(
  step: number | null,
  correlation: number,
  at: number,
  start: number,
  end: number,
  more: Partial<KernelFields> = {},
): Uint8Array[] {
  return [
    api({ start: at * us, end: (at + 5) * us, correlation }),
    ...(step === null ? [] : [external(correlation, step)]),
    kernel({ start: start * us, end: end * us, correlation, ...more }),
  ];
}
