// What the system counts for this process: processor events where it has counters, task clock and switches always.

import os from 'node:os';
import { addon } from '../addon.js';
import type { Counter, Counters } from '../result/index.js';
import { watchEnergy } from './processor-energy.js';
import { watchThreads } from './thread-times.js';

/** As native/counters/counters.h numbers them, with their units. */
export const counterNames = [
  ['cycles', 'count'],
  ['instructions', 'count'],
  ['cache-references', 'count'],
  ['cache-misses', 'count'],
  ['branch-misses', 'count'],
  ['task-clock', 'ms'],
  ['page-faults', 'count'],
  ['migrations', 'count'],
] as const;

const nanoseconds = 1e-6;

export interface CounterWatch {
  /** From here on it counts; the watch itself is to begin before the threads that it shall count. */
  begin(): void;
  /** @param elapsed ms by the wall since `begin` */
  finish(steps: number, elapsed: number): Counters;
}

export function watchCounters(): CounterWatch {
  const events = openEvents();
  const energy = watchEnergy();
  let threads = watchThreads();
  let before = usageNow();
  return {
    begin() {
      events.begin();
      energy.begin();
      threads = watchThreads();
      before = usageNow();
    },
    finish(steps, elapsed) {
      const since = usageNow();
      const counters = [...events.finish(), ...alwaysThere(before, since)];
      const taskClock = counters.filter(({ id }) => id === 'task-clock');
      const told = taskClock.find(({ total }) => total !== null) ?? taskClock[0]!;
      const others = counters.filter(({ id }) => id !== 'task-clock');
      return {
        steps,
        elapsed,
        counters: [told, ...others],
        threads: threads.finish(),
        energy: energy.finish(),
      };
    },
  };
}

interface Events {
  begin(): void;
  finish(): Counter[];
}

/** Counters that did not open say why: `no-native-part`, or the name of the system's error. */
function openEvents(): Events {
  if (!addon)
    return { begin() {}, finish: () => counterNames.map((name) => missing(name, 'no-native-part')) };
  const native = addon;
  const errors = new Int32Array(counterNames.length);
  const size = 3 * counterNames.length;
  const [first, last] = [new Float64Array(size), new Float64Array(size)];
  native.openCounters(errors);
  native.readCounters(first);
  return {
    begin: () => native.readCounters(first),
    finish() {
      native.readCounters(last);
      native.closeCounters();
      return counterNames.map((name, k) => {
        if (errors[k] !== 0) return missing(name, errorName(errors[k]!));
        const [value, enabled, running] = [0, 1, 2].map((v) => last[3 * k + v]! - first[3 * k + v]!);
        return counted(name, value!, enabled!, running!);
      });
    },
  };
}

/** What a counter saw of the time, scaled to all of it where the kernel had to share its counters. */
function counted(
  [id, unit]: (typeof counterNames)[number],
  value: number,
  enabled: number,
  running: number,
): Counter {
  const share = enabled > 0 ? running / enabled : 0;
  if (!(share > 0)) return { id, unit, total: null, running: 0, reason: 'never-ran' };
  const total = value / share;
  return { id, unit, total: unit === 'ms' ? total * nanoseconds : total, running: share, reason: null };
}

function missing([id, unit]: (typeof counterNames)[number], reason: string): Counter {
  return { id, unit, total: null, running: null, reason };
}

function errorName(code: number): string {
  return Object.entries(os.constants.errno).find(([, value]) => value === code)?.[0] ?? `errno-${code}`;
}

function usageNow() {
  const { user, system } = process.cpuUsage();
  const { voluntaryContextSwitches, involuntaryContextSwitches } = process.resourceUsage();
  return { clock: (user + system) / 1000, voluntaryContextSwitches, involuntaryContextSwitches };
}

type Usage = ReturnType<typeof usageNow>;

function alwaysThere(before: Usage, after: Usage): Counter[] {
  const of = (id: string, unit: string, total: number): Counter => ({
    id,
    unit,
    total,
    running: 1,
    reason: null,
  });
  return [
    of('task-clock', 'ms', after.clock - before.clock),
    of(
      'context-switches-voluntary',
      'count',
      after.voluntaryContextSwitches - before.voluntaryContextSwitches,
    ),
    of(
      'context-switches-involuntary',
      'count',
      after.involuntaryContextSwitches - before.involuntaryContextSwitches,
    ),
  ];
}
