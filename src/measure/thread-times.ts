// Processor time (ms) and context switches of every thread of this process, from /proc; elsewhere there are none.

import { readdirSync, readFileSync } from 'node:fs';
import type { Counters } from '../result/index.js';
import { nameThreads } from './thread-names.js';

export type ThreadRow = Counters['threads'][number];

/** ms that the kernel's account of a running thread may lag behind: one tick at 100 Hz. */
const tick = 10;

/** Since each thread began; the thread of the process first, then in the order in which they started. */
export function threadTimes(folder = '/proc/self/task'): ThreadRow[] {
  const seen = entriesOf(folder).flatMap((id) => threadOf(folder, id) ?? []);
  seen.sort((a, b) => a.started - b.started || a.id - b.id);
  const names = nameThreads(seen.map(({ comm }) => comm));
  return seen.map(({ comm: _, started: __, ...row }, k) => ({ ...row, name: names[k] }));
}

/**
 * What was spent in between, the longest first. The row with id 0 is what the process spent beyond its living threads:
 * threads that ended meanwhile; its switches are not known and are given as 0.
 * @param process ms of processor time of the whole process in between
 */
export function threadRows(
  before: readonly ThreadRow[],
  after: readonly ThreadRow[],
  process: number,
): ThreadRow[] {
  if (after.length === 0) return [];
  const first = new Map(before.map((row) => [row.id, row]));
  const rows = after.map((row) => {
    const start = first.get(row.id);
    return {
      ...row,
      time: row.time - (start?.time ?? 0),
      voluntarySwitches: row.voluntarySwitches - (start?.voluntarySwitches ?? 0),
      involuntarySwitches: row.involuntarySwitches - (start?.involuntarySwitches ?? 0),
    };
  });
  const busy = rows.filter(({ time }) => time > 0);
  const rest = process - busy.reduce((sum, { time }) => sum + time, 0);
  const lag = tick * (1 + busy.length);
  const ended = { id: 0, name: 'ended', time: rest, voluntarySwitches: 0, involuntarySwitches: 0 };
  return [...rows, ...(rest > lag ? [ended] : [])].sort((a, b) => b.time - a.time);
}

interface Seen extends Omit<ThreadRow, 'name'> {
  readonly comm: string;
  /** Ticks since the system began. */
  readonly started: number;
}

/** Null for a thread that has ended since the folder was read. */
function threadOf(folder: string, id: string): Seen | null {
  const stat = textOf(`${folder}/${id}/stat`);
  const status = textOf(`${folder}/${id}/status`);
  if (stat === null || status === null) return null;
  const comm = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const exact = textOf(`${folder}/${id}/schedstat`)?.split(' ')[0];
  return {
    id: Number(id),
    comm,
    started: Number(fields[19]),
    time: exact === undefined ? tick * (Number(fields[11]) + Number(fields[12])) : Number(exact) / 1e6,
    voluntarySwitches: numberIn(status, 'voluntary_ctxt_switches'),
    involuntarySwitches: numberIn(status, 'nonvoluntary_ctxt_switches'),
  };
}

function numberIn(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+)$`, 'm').exec(status)?.[1] ?? 0);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
