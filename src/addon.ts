// The only file that loads native/: what the C++ part offers, and why it is not there when it is not.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { packageFile } from './package-file.js';

/** What `native/build/mdbench.node` exports. It trusts its arguments: the rooms check them. */
export interface Addon {
  /** Of this interface; another number means a stale build. */
  readonly version: number;
  /** @see native/binding.cc; the number of pairs (more than fit: nothing usable was written), or −1 − a lost atom */
  buildPairs(
    positions: Float64Array,
    frame: Float64Array,
    settings: Float64Array,
    centers: Int32Array,
    neighbors: Int32Array,
    shifts: Int32Array,
    first: Int32Array,
  ): number;
  /** Pairs of a skinned list (four arrays) that are within the cutoff now, into four arrays as long; how many. */
  trimPairs(
    positions: Float64Array,
    translations: Float64Array,
    cutoff: number,
    skinnedCenters: Int32Array,
    skinnedNeighbors: Int32Array,
    skinnedShifts: Int32Array,
    skinnedFirst: Int32Array,
    centers: Int32Array,
    neighbors: Int32Array,
    shifts: Int32Array,
    first: Int32Array,
  ): number;
  /** What tracing CUDA needs, looked for without starting it: [stage, code, message], see native/cuda/hook-stage.h. */
  hookProbe(): [number, number, string];
  /** Begins to write a trace; @see native/cuda/hook.h. mode: 0 kernels, 1 full */
  hookStart(file: string, mode: number): [number, number, string];
  hookPushStep(step: number): void;
  hookPopStep(): void;
  hookFlush(forced: boolean): void;
  hookStop(): void;
  /** A mangled C++ name as people write it, unchanged where it is none. */
  demangle(name: string): string;
  /** [code, message]: 0 where NVML is there. */
  nvmlOpen(): [number, string];
  nvmlDevices(): { name: string; uuid: string }[];
  /** Ten values of a device and the processes `pids`, see native/cuda/nvml.h; NaN where the driver does not tell. */
  nvmlSample(device: number, pids: Uint32Array, values: Float64Array): void;
  /** errno of each counter that could not be opened, see native/counters/counters.h; 0 where it could, −1 without the kernel. */
  openCounters(errors: Int32Array): void;
  /** Value, time enabled and time running (ns) of each counter; NaN where it is not open. */
  readCounters(values: Float64Array): void;
  closeCounters(): void;
  /** Of the calling thread: voluntary and involuntary context switches, minor and major page faults, processor time (ns). */
  threadUsage(values: Float64Array): void;
  /**
   * Reads at least `least` and at most `most` bytes of a connected socket into `bytes` from `offset` on.
   * @returns the count, less than `least` when `timeout` ms ran out; −1 − count where the other side is gone
   */
  receive(
    descriptor: number,
    bytes: Uint8Array,
    offset: number,
    least: number,
    most: number,
    timeout: number,
  ): number;
  /** Writes `length` bytes from `offset` on; returns what `receive` does. */
  transmit(descriptor: number, bytes: Uint8Array, offset: number, length: number, timeout: number): number;
  /** Of the process at the other end of a unix socket; −1 where the system does not tell, 0 for one of another namespace. */
  peerProcess(descriptor: number): number;
}

export interface Backend {
  readonly name: 'native' | 'reference';
  /** Why it is the reference; null where it is native. */
  readonly reason: string | null;
}

const addonVersion = 4;

const addonFile = packageFile('native/build/mdbench.node');

const loaded = loadAddon(addonFile, process.env.MDBENCH_BACKEND);

/** The C++ part, or null. */
export const addon: Addon | null = loaded.addon;

/** The backend of this process. `MDBENCH_BACKEND=reference` in the environment forces TypeScript. */
export const backend: Backend = loaded.backend;

/** Loads the addon in `file` unless `wanted` is `reference`; never throws, what went wrong is the reason. */
export function loadAddon(
  file: string,
  wanted: string | undefined,
): { addon: Addon | null; backend: Backend } {
  if (wanted === 'reference') return without('MDBENCH_BACKEND=reference');
  if (!existsSync(file))
    return without('the native part is not built (npm run build builds it where a C++ compiler is)');
  try {
    const candidate: Addon = createRequire(import.meta.url)(file);
    if (candidate.version !== addonVersion)
      return without('the native part is of another version (npm run build)');
    return { addon: candidate, backend: { name: 'native', reason: null } };
  } catch (error) {
    return without(
      `the native part does not load: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
}

function without(reason: string): { addon: null; backend: Backend } {
  return { addon: null, backend: { name: 'reference', reason } };
}
