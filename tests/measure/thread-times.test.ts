// Threads of this process against what /proc and the libraries that start them say; made-up folders of /proc.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { nameThreads, startThreads } from '../../src/measure/thread-names.js';
import { threadRows, threadTimes } from '../../src/measure/thread-times.js';

const linux = process.platform === 'linux';

describe.skipIf(!linux)('threads of this process', () => {
  const open = (threads: number) =>
    startThreads('onnxruntime', () =>
      InferenceSession.create('benchmarks/models/silicon-student.onnx', { intraOpNumThreads: threads }),
    );
  const named = () => threadTimes().filter(({ name }) => name === 'onnxruntime').length;

  it('that ONNX Runtime starts bear its name, and this one keeps its own', async () => {
    const before = readFileSync('/proc/thread-self/comm', 'utf8');
    const alone = await open(1);
    const ofOthers = named();
    const session = await open(4);
    expect(named() - ofOthers).toBe(3);
    expect(readFileSync('/proc/thread-self/comm', 'utf8')).toBe(before);
    await session.release();
    await alone.release();
  });

  it('get their name back when the start fails', async () => {
    const before = readFileSync('/proc/thread-self/comm', 'utf8');
    const failing = startThreads('onnxruntime', () => Promise.reject(new Error('no such file')));
    await expect(failing).rejects.toThrow('no such file');
    expect(readFileSync('/proc/thread-self/comm', 'utf8')).toBe(before);
  });

  it('begin with the main one', () => {
    expect(threadTimes()[0]).toMatchObject({ id: process.pid, name: 'node' });
  });
});

describe('names', () => {
  it('are those of the threads where they have one, else by the order in which Node starts them', () => {
    expect(nameThreads(['node', 'node', 'node', 'node', 'node', 'node', 'node', 'onnxruntime'])).toEqual([
      'node',
      'v8',
      'v8',
      'v8',
      'v8',
      'v8',
      'node-other',
      'onnxruntime',
    ]);
    expect(nameThreads(['MainThread', 'V8Worker', 'libuv-worker', 'cuda-EvtHandlr'])).toEqual([
      'node',
      'v8',
      'libuv',
      'cuda-EvtHandlr',
    ]);
  });
});

describe('a folder of threads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdbench-task-'));
  const thread = (id: number, comm: string, started: number, schedstat: string | null) => {
    const own = join(folder, String(id));
    mkdirSync(own);
    const fields = ['S', ...Array.from({ length: 10 }, () => 0), 7, 3, 0, 0, 20, 0, 1, 0, started];
    writeFileSync(join(own, 'stat'), `${id} (${comm}) ${fields.join(' ')} 0 0\n`);
    writeFileSync(
      join(own, 'status'),
      'Name:\tx\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t4\n',
    );
    if (schedstat !== null) writeFileSync(join(own, 'schedstat'), schedstat);
  };
  thread(9, 'late) (odd', 300, '2500000 1 1\n');
  thread(31, 'node', 100, null);
  mkdirSync(join(folder, '40'));

  it('is read whatever the names are, without one that is gone, coarsely where there is no schedstat', () => {
    expect(threadTimes(folder)).toEqual([
      { id: 31, name: 'node', time: 100, voluntarySwitches: 12, involuntarySwitches: 4 },
      { id: 9, name: 'late) (odd', time: 2.5, voluntarySwitches: 12, involuntarySwitches: 4 },
    ]);
  });

  it('that is not there has none', () => {
    expect(threadTimes(join(folder, 'none'))).toEqual([]);
  });
});

describe('what threads spent in between', () => {
  const row = (id: number, time: number, voluntary = 0) => ({
    id,
    name: `thread ${id}`,
    time,
    voluntarySwitches: voluntary,
    involuntarySwitches: 0,
  });

  it('counts a new one from its start, and what is left of the process as ended', () => {
    const rows = threadRows([row(1, 100, 5), row(2, 40)], [row(1, 400, 9), row(3, 50)], 550);
    expect(rows.map(({ id, time }) => [id, time])).toEqual([
      [1, 300],
      [0, 200],
      [3, 50],
    ]);
    expect(rows[0].voluntarySwitches).toBe(4);
  });

  it('takes no lag of the kernel for a thread', () => {
    expect(threadRows([row(1, 0)], [row(1, 300)], 315).map(({ id }) => id)).toEqual([1]);
  });

  it('is nothing where threads are not told', () => {
    expect(threadRows([], [], 300)).toEqual([]);
  });
});
