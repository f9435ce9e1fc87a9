// What the system counts for this process while steps are measured: processor, kernel, threads, energy.

import { addon, backend } from '../addon.js';
import type { Counter, Counters } from '../result/index.js';
import { watchEnergy } from './processor-energy.js';
import { threadRows, threadTimes } from './thread-times.js';
import { refusedCounter, unavailable } from './unavailable.js';

/** In the order of native/counters/counters.h. */
export const counterNames = [
  'cycles',
  'instructions',
  'branches',
  'branch-misses',
  'cache-references',
  'cache-misses',
  'task-clock',
  'migrations',
] as const;

/** What counters.h says in place of an errno: opened, for user space alone. */
const withoutKernel = -1;

export interface CounterWatch {
  /** Counts from here on, instead of from the call that began to watch. */
  begin(): void;
  /** Ends it. elapsed: ms by the wall over these steps. */
  finish(steps: number, elapsed: number): Counters;
}

/**
 * Watches this process with all of its threads, those that start meanwhile too. Never throws: what is not counted says
 * why. One watch at a time, since the kernel's counters are one set a process.
 */
export function watchCounters(): CounterWatch {
  const kernel = openKernelCounters();
  const energy = watchEnergy();
  let before = look();

  /** Threads outermost, so that no processor time of theirs is missing from the sum of the process. */
  function look() {
    const threads = threadTimes();
    const values = kernel.read();
    return { threads, values, process: processUsage() };
  }

  function begin(): void {
    energy.begin();
    before = look();
  }

  function finish(steps: number, elapsed: number): Counters {
    const usage = processUsage();
    const values = kernel.read();
    const threads = threadTimes();
    kernel.close();
    const spent = usage.map((value, k) => value - before.process[k]);
    const counted = values.map((value, k) => value - before.values[k]);
    return {
      steps,
      elapsed,
      counters: [...kernelRows(counted, kernel.errors, kernel.reason, spent[0]), ...usageRows(spent)],
      threads: threadRows(before.threads, threads, spent[0]),
      energy: energy.finish(),
    };
  }

  return { begin, finish };
}

interface KernelCounters {
  readonly errors: Int32Array;
  /** Why none was even tried; null where they were. */
  readonly reason: string | null;
  read(): Float64Array;
  close(): void;
}

function openKernelCounters(): KernelCounters {
  const errors = new Int32Array(counterNames.length);
  const none = () => new Float64Array(3 * counterNames.length).fill(Number.NaN);
  if (!addon) {
    const reason = unavailable('no-addon', backend.reason ?? '');
    return { errors, reason, read: none, close: () => {} };
  }
  if (typeof addon.openCounters !== 'function')
    return { errors, reason: unavailable('old-addon'), read: none, close: () => {} };
  const { openCounters, readCounters, closeCounters } = addon;
  openCounters(errors);
  const read = () => {
    const values = none();
    readCounters(values);
    return values;
  };
  return { errors, reason: null, read, close: closeCounters };
}

/** Which counters the kernel lets this process open now: null, or why not (or what it leaves out). */
export function tryCounters(): { readonly id: string; readonly reason: string | null }[] {
  const { errors, reason, close } = openKernelCounters();
  close();
  return counterNames.map((id, k) => ({ id, reason: reason ?? reasonOf(errors[k]) }));
}

/**
 * @param counted value, time enabled and time running of each counter
 * @param taskClock ms of processor time by the process's own account, for where the kernel's counter is not there
 */
export function kernelRows(
  counted: ArrayLike<number>,
  errors: ArrayLike<number>,
  reason: string | null,
  taskClock: number,
): Counter[] {
  return counterNames.map((id, k) => {
    const [value, enabled, running] = [counted[3 * k], counted[3 * k + 1], counted[3 * k + 2]];
    const why = reason ?? reasonOf(errors[k]);
    const unit = id === 'task-clock' ? 'ms' : 'count';
    if (Number.isFinite(value) && running > 0) {
      const total = (value * enabled) / running;
      const scaled = id === 'task-clock' ? total / 1e6 : Math.round(total);
      return { id, unit, total: scaled, running: Math.min(1, running / enabled), reason: why };
    }
    if (id === 'task-clock') return { id, unit, total: taskClock, running: 1, reason: null };
    return { id, unit, total: null, running: null, reason: why ?? unavailable('not-scheduled') };
  });
}

function reasonOf(error: number): string | null {
  if (error === 0) return null;
  return error === withoutKernel ? unavailable('user-space') : refusedCounter(error);
}

const usageIds = [
  'context-switches-voluntary',
  'context-switches-involuntary',
  'page-faults-minor',
  'page-faults-major',
] as const;

/** Processor time in ms, then as `usageIds`: of all threads, those that have ended included. */
function processUsage(): number[] {
  const usage = process.resourceUsage();
  return [
    (usage.userCPUTime + usage.systemCPUTime) / 1000,
    usage.voluntaryContextSwitches,
    usage.involuntaryContextSwitches,
    usage.minorPageFault,
    usage.majorPageFault,
  ];
}

/** Windows gives zero for what it does not count. */
function usageRows([, ...spent]: readonly number[]): Counter[] {
  const counted = process.platform !== 'win32';
  return usageIds.map((id, k) => ({
    id,
    unit: 'count',
    total: counted ? spent[k] : null,
    running: counted ? 1 : null,
    reason: counted ? null : unavailable('not-supported', 'Windows'),
  }));
}
