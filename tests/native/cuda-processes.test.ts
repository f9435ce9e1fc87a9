import { describe, expect, it } from 'vitest';
import { noCompiler } from '../support/cuda-stubs.js';
import { isWhole, runInjected, runInProcess } from '../support/hook-run.js';
import type { HookTrace } from '../support/hook-trace.js';

const skipped = noCompiler === null ? '' : `: ${noCompiler}`;

/** Own device times, seen from the clocks of the trace itself: outside of them is another clock. */
function isWithinClocks({ kernels, clocks }: HookTrace): boolean {
  const times = clocks.map(({ cupti }) => cupti).filter((time) => time > 0n);
  const [first, last] = [times[0]!, times.at(-1)!];
  return kernels.every(({ start, end }) => start >= first && end <= last);
}

describe.skipIf(noCompiler !== null)(`the trace of a program${skipped}`, () => {
  it('is whole when main returns, without a word from the program', () => {
    const { status, stderr, traces } = runInjected('init:1 steps:2:10:5 sync');
    expect([status, stderr, traces.length]).toEqual([0, '', 1]);
    expect(traces[0]!.kernels).toHaveLength(100);
    expect(isWhole(traces[0]!)).toBe(true);
    expect(traces[0]!.file).toBe(`${traces[0]!.pid}-0.trace`);
    expect(traces[0]!.processes[0]!.command).toMatch(/client init:1 steps:2:10:5 sync$/);
  });

  it('is one where several threads initialize CUDA at once', () => {
    const { status, traces } = runInjected('init:8 init:8 steps:1:1:4 sync');
    expect([status, traces.length]).toEqual([0, 1]);
    expect(traces[0]!.states).toHaveLength(1);
    expect(traces[0]!.kernels).toHaveLength(4);
  });

  it('is whole when another thread exits', () => {
    const { status, traces } = runInjected('init:1 steps:1:10:5 sync leave');
    expect(status).toBe(0);
    expect(traces[0]!.kernels).toHaveLength(50);
    expect(isWhole(traces[0]!)).toBe(true);
  });

  it.each([
    ['kill', 'SIGKILL'],
    ['term', 'SIGTERM'],
  ])('has no end after %s, and everything up to the last flush', (action, signal) => {
    const actions = `init:1 steps:1:10:5 sync wait:700 steps:1:10:5 ${action}`;
    const run = runInjected(actions, { MDBENCH_STUB_KERNEL_NS: '2000000' });
    expect(run.signal).toBe(signal);
    const trace = run.traces[0]!;
    expect(trace.end).toBeNull();
    expect(trace.kernels.length).toBeGreaterThanOrEqual(50);
    expect(trace.kernels.length).toBeLessThan(100);
    expect(trace.apis.length).toBeGreaterThanOrEqual(50);
    expect(isWithinClocks(trace)).toBe(true);
  });

  it('is silent about a child that is only forked', () => {
    const run = runInjected('init:1 steps:1:10:5 fork:exit steps:1:10:5 sync');
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces).toHaveLength(1);
    expect(run.stdout).not.toContain(`child ${run.traces[0]!.pid}\n`);
    expect(run.traces[0]!.kernels).toHaveLength(100);
    expect(run.traces[0]!.ranges.filter(({ name }) => name === 'step 99')).toEqual([]);
    expect(isWhole(run.traces[0]!)).toBe(true);
  });

  it('is another for a program that a child starts', () => {
    const run = runInjected('init:1 steps:1:10:5 fork:exec steps:1:10:5 sync');
    expect(run.status).toBe(0);
    expect(run.traces).toHaveLength(2);
    const child = Number(/child (\d+)/.exec(run.stdout)![1]);
    const [own, other] = run.traces.toSorted((a, b) => b.kernels.length - a.kernels.length);
    expect([own!.kernels.length, other!.kernels.length]).toEqual([100, 2]);
    expect([other!.pid, other!.processes[0]!.parent]).toEqual([child, own!.pid]);
    expect(run.traces.map(isWhole)).toEqual([true, true]);
  });

  it('is another for a program that takes the place of the first', () => {
    const { status, traces } = runInjected('init:1 steps:1:10:5 sync wait:500 exec');
    expect(status).toBe(0);
    const pid = traces[0]!.pid;
    expect(traces.map(({ file }) => file)).toEqual([`${pid}-0.trace`, `${pid}-1.trace`]);
    expect(traces.map(({ kernels }) => kernels.length)).toEqual([50, 2]);
    expect(traces.map(({ end }) => end !== null)).toEqual([false, true]);
  });

  it('has nothing of the kernels that were still running at its end, and counts them', () => {
    const slow = { MDBENCH_STUB_KERNEL_NS: '50000000' };
    const run = runInProcess('init:1 start:TRACE/a.trace steps:1:2:10 stop', slow);
    const trace = run.traces[0]!;
    expect(trace.kernels.length).toBeLessThan(20);
    expect(trace.kernels.every(({ start }) => start > 0n)).toBe(true);
    expect(trace.kernels.length + Number(trace.end!.dropped)).toBe(20);
  });

  it('shows by its counts that another tool took the buffers', () => {
    const { traces } = runInjected('init:1 steps:1:40:5 sync', { MDBENCH_STUB_HIJACK: 'callbacks:50' });
    const { requested, completed } = traces[0]!.end!;
    expect(completed).toBeLessThan(requested);
    expect(traces[0]!.kernels.length).toBeLessThan(200);
  });

  it('shows by its times that another tool took the clock', () => {
    const plain = runInjected('init:1 steps:1:40:5 sync');
    const hijacked = runInjected('init:1 steps:1:40:5 sync', { MDBENCH_STUB_HIJACK: 'clock:50' });
    expect([plain, hijacked].map(({ traces }) => traces[0]!.kernels.length)).toEqual([200, 200]);
    expect([plain, hijacked].map(({ traces }) => isWithinClocks(traces[0]!))).toEqual([true, false]);
  });
});
