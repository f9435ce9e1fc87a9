// Which thread is which. A thread inherits the name of the one that starts it, so most are called as Node's main thread is.

import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const ownName = '/proc/thread-self/comm';
/** bytes of a name that the kernel keeps. */
const longest = 15;

/** As threads name themselves in newer versions of Node and libuv. */
const known: Readonly<Record<string, string>> = {
  MainThread: 'node',
  'libuv-worker': 'libuv',
  V8Worker: 'v8',
  DelayedTaskSche: 'v8',
};

/**
 * `node` (the main thread), `v8` (its pool: garbage collection, compilation), `node-other` (libuv's pool, worker
 * threads, …), or the name of the thread's own.
 * @param comms in the order in which the threads started, the main thread first
 */
export function nameThreads(comms: readonly string[]): string[] {
  const pool = v8Threads();
  const inherited = [comms[0], basename(process.execPath).slice(0, longest)];
  return comms.map((comm, k) => {
    if (k === 0) return 'node';
    if (Object.hasOwn(known, comm)) return known[comm];
    if (!inherited.includes(comm)) return comm;
    return k <= pool ? 'v8' : 'node-other';
  });
}

/** Node starts them before anything else: the scheduler of delayed tasks and the workers of its platform. */
function v8Threads(): number {
  const options = `${process.execArgv.join(' ')} ${process.env.NODE_OPTIONS ?? ''}`;
  const size = /--v8-pool-size[= ](\d+)/.exec(options)?.[1] ?? '4';
  return size === '0' ? 0 : 1 + Number(size);
}

/** Threads that `start` starts from this one are called `name`, at most 15 bytes, where the system has names. */
export async function startThreads<T>(name: string, start: () => Promise<T>): Promise<T> {
  const before = rename(name);
  try {
    return await start();
  } finally {
    if (before !== null) rename(before);
  }
}

/** The name until now; null where nothing was changed. */
function rename(name: string): string | null {
  try {
    const before = readFileSync(ownName, 'latin1').trimEnd();
    writeFileSync(ownName, name);
    return before;
  } catch {
    return null;
  }
}
