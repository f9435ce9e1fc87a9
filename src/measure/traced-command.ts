// Any program run with the CUDA hook injected, and without, both timed as a whole. Nothing of it is left running.

import { spawn } from 'node:child_process';
import type { CudaDevice, Failure } from '../result/index.js';
import { now } from './clock.js';
import { death } from './death.js';
import { watchDevices } from './device-monitor.js';
import { injectionEnvironment, tracedPids, traceFiles, withTraceFolder } from './injection.js';

export interface CommandOptions {
  readonly signal?: AbortSignal | undefined;
  /** What the program writes, on both streams. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

export interface CommandRun {
  /** ms from its start to its end. */
  readonly elapsed: number;
  readonly failure: Failure | null;
  readonly aborted: boolean;
}

export interface TracedRun extends CommandRun {
  readonly devices: readonly CudaDevice[];
  readonly deviceReason: string | null;
}

export function runCommand(command: string, options: CommandOptions): Promise<CommandRun> {
  return run(command, {}, options, () => {});
}

/** @param mode of the hook. @param traces called with the files while they are there; they are removed afterwards */
export function traceCommand<T>(
  command: string,
  mode: 'kernels' | 'full',
  options: CommandOptions,
  traces: (files: readonly string[], run: TracedRun) => Promise<T>,
): Promise<T> {
  return withTraceFolder(async (folder) => {
    const processes: number[] = [];
    const monitor = watchDevices(() => [...processes, ...tracedPids(folder)]);
    const environment = injectionEnvironment(folder, mode);
    try {
      const ran = await run(command, environment, options, (pid) => processes.push(pid));
      const { devices, reason } = monitor.finish();
      return await traces(traceFiles(folder), { ...ran, devices, deviceReason: reason });
    } finally {
      monitor.finish();
    }
  });
}

/** A shell of its own, in a group of its own that ends with us. */
function run(
  command: string,
  environment: Readonly<Record<string, string>>,
  { signal, onOutput }: CommandOptions,
  onStart: (pid: number) => void,
): Promise<CommandRun> {
  const begun = now();
  const child = spawn(command, {
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  if (child.pid !== undefined) onStart(child.pid);
  let errorText = '';
  const end = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      child.kill(name);
    }
  };
  const abort = () => {
    end('SIGTERM');
    setTimeout(() => end('SIGKILL'), grace).unref();
  };
  const leave = () => end('SIGKILL');
  process.on('exit', leave);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  child.stdout.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errorText = (errorText + text).slice(-keptErrorText);
    onOutput?.(text);
  });
  return new Promise((resolve) => {
    const done = (code: number | null, signalName: NodeJS.Signals | null) => {
      process.off('exit', leave);
      signal?.removeEventListener('abort', abort);
      const aborted = signal?.aborted === true;
      const failed = !aborted && code !== 0;
      const ending = failed ? death({ code, signal: signalName, errorText, silence: null }) : null;
      const failure: Failure | null = ending && {
        stage: 'profile',
        seed: null,
        step: null,
        ...ending,
        hint: 'Run the command alone, and mend it where it fails there too.',
      };
      resolve({ elapsed: now() - begun, failure, aborted });
    };
    child.on('error', (error) => {
      errorText += error.message;
      done(null, null);
    });
    child.on('close', done);
  });
}

/** ms between SIGTERM and SIGKILL; characters kept of what it said last. */
const grace = 3000;
const keptErrorText = 16_000;
