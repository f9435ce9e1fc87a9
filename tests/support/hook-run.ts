// Runs programs on the stand-ins with the hook injected, or in process, and reads what they leave.

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compiled, noCompiler, type Stubs, stubFolder, wheels } from './cuda-stubs.js';
import { type HookTrace, readHookTrace } from './hook-trace.js';

export const hookLibrary = resolve('native/build/libmdbench-hook.so');

/** NVIDIA's headers of NVTX, by which a C program marks its steps; null where they are not installed. */
const nvtxHeaders = headersIn(wheels === null ? '' : join(wheels, 'nvtx/nvidia/nvtx/include'));

export const noNvtx =
  noCompiler ?? (nvtxHeaders === null ? "NVIDIA's headers of NVTX are not installed" : null);

export interface HookRun {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly traces: readonly (HookTrace & { readonly file: string })[];
}

export type Environment = Readonly<Record<string, string>>;

/** The client with the hook injected; `actions` as in client.c. */
export function runInjected(actions: string, environment: Environment = {}, stubs: Stubs = {}): HookRun {
  const { args = [] } = stubs;
  const client = compiled('client', ['client.c'], [...nvtxArguments(), ...args]);
  const hook =
    args.length === 0
      ? hookLibrary
      : compiled('hook.so', hookSources(['nvml.c']), ['-shared', '-fPIC', ...args]);
  const injected = { CUDA_INJECTION64_PATH: hook, NVTX_INJECTION64_PATH: hook };
  return runTraced([client, ...actions.split(' ')], { ...injected, ...environment }, stubs);
}

/** The client with the hook's own sources in it; `TRACE` in the actions stands for the folder of traces. */
export function runInProcess(actions: string, environment: Environment = {}, stubs: Stubs = {}): HookRun {
  return runTraced([inProcessClient(stubs.args), ...actions.split(' ')], environment, stubs);
}

export function inProcessClient(args: readonly string[] = []): string {
  const files = ['client.c', ...hookSources(['nvml.c', 'nvtx.c', 'injection.c'])];
  return compiled('in-process', files, ['-DIN_PROCESS', `-I${resolve('native')}`, ...args]);
}

function hookSources(without: readonly string[]): string[] {
  const files = readdirSync('native/cuda').filter((file) => file.endsWith('.c') && !without.includes(file));
  return files.map((file) => resolve('native/cuda', file));
}

/** Any command among the stand-ins; the traces are read and removed. */
export function runTraced(command: readonly string[], environment: Environment, stubs: Stubs = {}): HookRun {
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-hook-'));
  try {
    const [program = '', ...args] = command.map((word) => word.replaceAll('TRACE', folder));
    const run = spawnAmong(program, args, { MDBENCH_TRACE_FOLDER: folder, ...environment }, stubs);
    const files = readdirSync(folder).sort();
    const traces = files.map((file) => ({ ...readHookTrace(join(folder, file)), file }));
    return { status: run.status, signal: run.signal, stdout: run.stdout, stderr: run.stderr, traces };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function spawnAmong(
  program: string,
  args: readonly string[],
  environment: Environment,
  stubs: Stubs = {},
): SpawnSyncReturns<string> {
  const env = {
    ...process.env,
    LD_PRELOAD: '',
    LD_LIBRARY_PATH: stubFolder(stubs),
    MDBENCH_DRIVER_PROBE: '/proc/self/stat',
    MDBENCH_STUB_CUPTI: stubs.cupti ?? '12.4',
    ...environment,
  };
  return spawnSync(program, args, { encoding: 'utf8', env, timeout: 30_000 });
}

/** Every record of `trace` is there and nothing was lost on the way. */
export function isWhole(trace: HookTrace): boolean {
  const { end, rest } = trace;
  return (
    rest === 0 && end !== null && end.requested === end.completed && end.dropped === 0n && end.lost === 0n
  );
}

function headersIn(folder: string): string | null {
  return existsSync(join(folder, 'nvtx3')) ? folder : null;
}

function nvtxArguments(): string[] {
  return nvtxHeaders === null ? [] : ['-DWITH_NVTX', `-I${nvtxHeaders}`];
}
