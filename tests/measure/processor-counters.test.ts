// Counters against what Node says of the same process, and made-up readings of the kernel against arithmetic.

import { spawnSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { addon } from '../../src/addon.js';
import { counterNames, kernelRows, watchCounters } from '../../src/measure/processor-counters.js';
import { type Counters, countersSchema } from '../../src/result/index.js';

const linux = process.platform === 'linux';
const usageNames = [
  'context-switches-voluntary',
  'context-switches-involuntary',
  'page-faults-minor',
  'page-faults-major',
];

function counterOf({ counters }: Counters, id: string) {
  return counters.find((counter) => counter.id === id)!;
}

/** ms of processor time of this process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function burn(time: number): void {
  for (const end = processorTime() + time; processorTime() < end; ) Math.hypot(time, end);
}

describe('what the system counts for this process', () => {
  it('is one row a counter, each with a total or a reason, and fits the document', () => {
    const counted = watchCounters().finish(10, 5);
    expect(counted.counters.map(({ id }) => id)).toEqual([...counterNames, ...usageNames]);
    for (const { total, reason, running } of counted.counters) {
      expect(total === null ? reason : running).not.toBeNull();
      expect(total === null ? 0 : total).toBeGreaterThanOrEqual(0);
    }
    expect(countersSchema.parse(counted)).toEqual(counted);
    expect([counted.steps, counted.elapsed]).toEqual([10, 5]);
  });

  it('has the processor time that Node tells of a busy loop, from its begin on', () => {
    const watch = watchCounters();
    burn(150);
    watch.begin();
    const before = processorTime();
    burn(300);
    const truth = processorTime() - before;
    const counted = watch.finish(1, 1);
    const ratio = counterOf(counted, 'task-clock').total! / truth;
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  it('has the switches of a process that waits on purpose', () => {
    const watch = watchCounters();
    const cell = new Int32Array(new SharedArrayBuffer(4));
    for (let k = 0; k < 60; k++) Atomics.wait(cell, 0, 0, 1);
    const switches = counterOf(watch.finish(60, 60), 'context-switches-voluntary').total;
    expect(switches).toBeGreaterThanOrEqual(60);
  });

  it('has the page faults of memory that is touched for the first time', () => {
    const watch = watchCounters();
    const megabytes = 64;
    const fresh = new Float64Array((megabytes * 2 ** 20) / 8).fill(1);
    const faults = counterOf(watch.finish(1, 1), 'page-faults-minor').total;
    expect(fresh.length).toBeGreaterThan(0);
    expect(faults).toBeGreaterThanOrEqual(megabytes / 2);
  });

  it('can be watched again after it was finished', () => {
    watchCounters().finish(1, 1);
    const watch = watchCounters();
    burn(50);
    expect(counterOf(watch.finish(1, 1), 'task-clock').total).toBeGreaterThan(40);
  });
});

describe.skipIf(!linux)('threads', () => {
  let worker: Worker;
  const busy = `
    const { parentPort } = require('node:worker_threads');
    const time = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
    parentPort.on('message', () => {
      for (const end = time() + 300; time() < end; );
      parentPort.postMessage('done');
    });
    parentPort.postMessage('ready');`;

  afterEach(() => worker?.terminate());

  const heard = () => new Promise((resolve) => worker.once('message', resolve));

  it('a second busy one shows up with its time, and is not the main thread', async () => {
    worker = new Worker(busy, { eval: true });
    await heard();
    const watch = watchCounters();
    worker.postMessage('go');
    await heard();
    const counted = watch.finish(1, 1);
    const [first] = counted.threads;
    expect(first.name).not.toBe('node');
    expect(first.id).not.toBe(process.pid);
    expect(first.time).toBeGreaterThan(240);
    expect(first.time).toBeLessThan(330);
    expect(counted.threads.find(({ id }) => id === process.pid)!.name).toBe('node');
    expect(counterOf(counted, 'task-clock').total).toBeGreaterThanOrEqual(first.time - 10);
  });

  it('that have ended are one row with what they spent, and were counted', async () => {
    const watch = watchCounters();
    worker = new Worker(busy, { eval: true });
    await heard();
    worker.postMessage('go');
    await heard();
    await worker.terminate();
    const counted = watch.finish(1, 1);
    const ended = counted.threads.find(({ id }) => id === 0)!;
    expect(ended.name).toBe('ended');
    expect(ended.time).toBeGreaterThan(240);
    expect(counterOf(counted, 'task-clock').total).toBeGreaterThan(ended.time * 0.95);
  });
});

describe('readings of the kernel', () => {
  const none = Float64Array.from({ length: 24 }, () => Number.NaN);
  const row = (name: (typeof counterNames)[number], value: ArrayLike<number>, error = 0) => {
    const k = counterNames.indexOf(name);
    const values = none.slice();
    values.set(value, 3 * k);
    const errors = new Int32Array(8);
    errors[k] = error;
    return kernelRows(values, errors, null, 77)[k];
  };

  it('are extrapolated to the time in which the counter had no turn', () => {
    expect(row('cycles', [1000, 4e6, 1e6])).toEqual({
      id: 'cycles',
      unit: 'count',
      total: 4000,
      running: 0.25,
      reason: null,
    });
  });

  it('that never had a turn are no zero', () => {
    expect(row('cycles', [0, 4e6, 0])).toMatchObject({ total: null, running: null, reason: 'not-scheduled' });
  });

  it('without the kernel say so beside their total', () => {
    expect(row('instructions', [500, 1e6, 1e6], -1)).toMatchObject({ total: 500, reason: 'user-space' });
  });

  it('of the task clock are ms, and the account of the process stands in for them', () => {
    expect(row('task-clock', [5e6, 5e6, 5e6])).toMatchObject({ total: 5, unit: 'ms', reason: null });
    expect(row('task-clock', none.subarray(0, 3), 13)).toMatchObject({ total: 77, unit: 'ms', reason: null });
  });

  it.each([
    [1, 'not-permitted:EPERM'],
    [2, 'no-counter:ENOENT'],
    [13, 'not-permitted:EACCES'],
    [19, 'no-counter:ENODEV'],
    [24, 'counter-failed:EMFILE'],
    [38, 'not-supported:ENOSYS'],
  ])('that the system refused with errno %i have the reason %s', (errno, reason) => {
    if (!linux) return;
    expect(row('cache-misses', none.subarray(0, 3), errno)).toMatchObject({ total: null, reason });
  });
});

describe('without the addon', () => {
  it('processor time, switches and threads are told, the rest has its reason', () => {
    const script = `
      const { watchCounters } = await import('./dist/measure/processor-counters.js');
      const watch = watchCounters();
      const begin = process.cpuUsage();
      const time = ({ user, system }) => (user + system) / 1000;
      while (time(process.cpuUsage(begin)) < 150);
      const counted = watch.finish(1, 1);
      console.log(JSON.stringify(counted));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, MDBENCH_BACKEND: 'reference' },
    });
    const counted = countersSchema.parse(JSON.parse(run.stdout));
    expect(counterOf(counted, 'task-clock').total).toBeGreaterThan(140);
    expect(counterOf(counted, 'cycles')).toMatchObject({
      total: null,
      reason: 'no-addon:MDBENCH_BACKEND=reference',
    });
    for (const id of usageNames) expect(counterOf(counted, id).total).toBeGreaterThanOrEqual(0);
    if (linux) expect(counted.threads[0]).toMatchObject({ name: 'node' });
  });
});

it.skipIf(!addon)('nothing is open once it is closed', () => {
  const values = new Float64Array(24);
  addon!.closeCounters();
  addon!.readCounters(values);
  expect(values.every(Number.isNaN)).toBe(true);
});
