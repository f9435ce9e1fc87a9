// Processor time of each thread of this process, from /proc/self/task. ms. Threads that ended meanwhile are not in it.

import type { Counters } from '../result/index.js';
import { namesIn, textOf } from './system-files.js';

type ThreadTime = Counters['threads'][number];

export interface ThreadWatch {
  /** Since the watch began, the longest first; empty where the system does not tell. */
  finish(): ThreadTime[];
}

/** A thread that did less than this is not worth a row. */
const leastTime = 0.1;

export function watchThreads(folder = '/proc/self/task'): ThreadWatch {
  const before = new Map(readThreads(folder).map((thread) => [thread.id, thread]));
  return {
    finish: () =>
      readThreads(folder)
        .map((thread) => since(thread, before.get(thread.id)))
        .filter(({ time }) => time >= leastTime)
        .sort((a, b) => b.time - a.time),
  };
}

function since(thread: ThreadTime, before: ThreadTime | undefined): ThreadTime {
  if (!before) return thread;
  return {
    ...thread,
    time: thread.time - before.time,
    voluntarySwitches: thread.voluntarySwitches - before.voluntarySwitches,
    involuntarySwitches: thread.involuntarySwitches - before.involuntarySwitches,
  };
}

function readThreads(folder: string): ThreadTime[] {
  return namesIn(folder).flatMap((name) => {
    const status = textOf(`${folder}/${name}/status`);
    const time = processorTime(`${folder}/${name}`);
    if (status === null || time === null) return [];
    return [
      {
        id: Number(name),
        name: /^Name:\s+(.*)$/m.exec(status)?.[1] ?? name,
        time,
        voluntarySwitches: field(status, 'voluntary_ctxt_switches'),
        involuntarySwitches: field(status, 'nonvoluntary_ctxt_switches'),
      },
    ];
  });
}

/** ns in schedstat; where the kernel keeps none, hundredths of a second in stat (fields 14 and 15, behind the name). */
function processorTime(thread: string): number | null {
  const [nanoseconds] = (textOf(`${thread}/schedstat`) ?? '').split(' ').map(Number);
  if (nanoseconds! > 0) return nanoseconds! / 1e6;
  const stat = textOf(`${thread}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)$`, 'm').exec(status)?.[1] ?? 0);
}
