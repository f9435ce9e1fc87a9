// What the system counted while steps were measured, for people: names, units, threads, energy.

import type { Counter, Counters } from '../../result/profile.js';
import { count, counted, quantity, significantDigits } from '../format.js';
import { describeReason, describeUnavailable } from './unavailable.js';

const names: Record<string, string> = {
  'task-clock': 'Processor time',
  cycles: 'Cycles',
  instructions: 'Instructions',
  branches: 'Branches',
  'branch-misses': 'Branches mispredicted',
  'cache-references': 'Accesses of the last cache',
  'cache-misses': 'Misses of the last cache',
  migrations: 'Moves between processors',
  'context-switches-voluntary': 'Context switches, waiting',
  'context-switches-involuntary': 'Context switches, displaced',
  'page-faults-minor': 'Page faults, from memory',
  'page-faults-major': 'Page faults, from disk',
};

/** The counters that have a name. */
export const counterIds: readonly string[] = Object.keys(names);

export interface CounterWords {
  readonly name: string;
  /** Over all steps, and for one; `unavailable: <why>` and empty where it was not counted. */
  readonly total: string;
  readonly perStep: string;
  /** What the number leaves out or how far it was extrapolated; null where it is whole. */
  readonly note: string | null;
  readonly advice: string | null;
}

export function describeCounter(counter: Counter, steps: number): CounterWords {
  const { id, unit, total, reason } = counter;
  const name = Object.hasOwn(names, id) ? names[id]! : id;
  const advice = reason === null ? null : describeReason(reason).advice;
  if (total === null) return { name, total: describeUnavailable(reason), perStep: '', note: null, advice };
  const shown = (value: number) => (unit === 'count' ? amount(value) : quantity(value, unit, 4));
  return {
    name,
    total: shown(total),
    perStep: steps > 0 ? shown(total / steps) : '',
    note: noteOf(counter),
    advice,
  };
}

function noteOf({ running, reason }: Counter): string | null {
  const notes = [
    reason === null ? '' : describeReason(reason).why,
    running !== null && running < 0.995
      ? `counted ${significantDigits(100 * running, 2)} % of the time and extrapolated`
      : '',
  ].filter(Boolean);
  return notes.length > 0 ? notes.join('; ') : null;
}

function amount(value: number): string {
  return Number.isInteger(value) ? count(value) : significantDigits(value, 3);
}

/** Instructions a cycle: one number that both counters give; null where either is missing. */
export function instructionsPerCycle(counters: readonly Counter[]): string | null {
  const total = (id: string) => counters.find((counter) => counter.id === id)?.total ?? null;
  const [instructions, cycles] = [total('instructions'), total('cycles')];
  if (instructions === null || cycles === null || cycles === 0) return null;
  return `${significantDigits(instructions / cycles, 3)} instructions a cycle`;
}

const threadNames: Record<string, string> = {
  node: 'main thread',
  v8: 'V8’s pool (garbage collection, compilation)',
  'node-other': 'other threads of Node (libuv’s pool, worker threads)',
  onnxruntime: 'ONNX Runtime’s pool',
  ended: 'threads that have ended',
};

export function threadName(name: string): string {
  return Object.hasOwn(threadNames, name) ? threadNames[name]! : name;
}

/** Under the table of threads. */
export function describeIdle(threads: number): string {
  return `${counted(threads, 'other thread')} did nothing.`;
}

/** One sentence; of the whole package, and therefore of everything that ran on it. */
export function describeEnergy({ energy, steps }: Counters): string {
  if (energy.domains.length === 0) return `Energy of the processor: ${describeUnavailable(energy.reason)}.`;
  const each = energy.domains.map(
    ({ name, joules }) =>
      `${name} ${significantDigits(joules, 3)} J${steps > 0 ? ` (${significantDigits((1000 * joules) / steps, 3)} mJ a step)` : ''}`,
  );
  return `Energy of the processor, of everything that ran on it: ${each.join(', ')}.`;
}
