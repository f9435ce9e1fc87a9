// The hook's sources in a program with sanitizers: every scenario of the other tests, in one process each.

import { describe, expect, it } from 'vitest';
import { canRun, noCompiler } from '../support/cuda-stubs.js';
import { type Environment, isWhole, runInjected, runInProcess } from '../support/hook-run.js';

const memory = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const threads = ['-fsanitize=thread'];
const noMemory = noCompiler ?? (canRun(memory) ? null : 'no compiler with AddressSanitizer and UBSan');
const noThreads = noCompiler ?? (canRun(threads) ? null : 'no compiler with ThreadSanitizer');
const sanitizing = { TSAN_OPTIONS: 'halt_on_error=1 report_thread_leaks=0' };
const injected = 'ranges init:4 ranges steps:4:20:5 copies graph:5 sync wait:250 steps:4:20:5 sync';
const skipped = (reason: string | null) => (reason === null ? '' : `: ${reason}`);

const busy = { MDBENCH_STUB_BUFFER: '3000', MDBENCH_STUB_KERNEL_NS: '3000' };
const scenarios: [string, string, Environment][] = [
  ['threads, copies, graphs', 'start:TRACE/a.trace steps:4:40:10 copies graph:5 sync stop', busy],
  ['all calls', 'start:TRACE/a.trace steps:4:40:10 copies graph:5 sync stop', { ...busy, CLIENT_MODE: '1' }],
  ['drops', 'start:TRACE/a.trace steps:2:40:10 sync flush:0 flush:1 stop stop', { MDBENCH_STUB_DROP: '3' }],
  ['unfinished kernels', 'start:TRACE/a.trace steps:2:10:10 stop', { MDBENCH_STUB_KERNEL_NS: '9000000' }],
  ['two traces', 'start:TRACE/a.trace steps:1:9:9 sync stop start:TRACE/b.trace steps:1:9:9 sync stop', {}],
  ['no stop', 'start:TRACE/a.trace steps:2:9:9 wait:250 steps:2:9:9 sync leave', {}],
  [
    'a fork',
    'start:TRACE/a.trace steps:1:9:9 fork:exit steps:1:9:9 sync stop',
    { ASAN_OPTIONS: 'detect_leaks=0' },
  ],
  ['no CUPTI', 'start:TRACE/a.trace steps:1:9:9 stop', { MDBENCH_CUPTI: '/nowhere' }],
  ['a busy CUPTI', 'start:TRACE/a.trace steps:1:9:9 stop', { MDBENCH_STUB_FAIL: 'cuptiSubscribe=39' }],
  [
    'no such kind',
    'start:TRACE/a.trace steps:1:9:9 stop',
    { MDBENCH_STUB_FAIL: 'cuptiActivityEnable:39=21' },
  ],
];

describe.skipIf(noMemory !== null)(`memory of the hook${skipped(noMemory)}`, () => {
  it.each(scenarios)('is its own, and nothing is undefined: %s', (_name, actions, environment) => {
    const run = runInProcess(`init:1 ${actions}`, environment, { args: memory });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
  });

  it.each(['kernels', 'full'])('is its own where it is injected (%s)', (mode) => {
    const run = runInjected(injected, { ...busy, MDBENCH_TRACE_MODE: mode }, { args: memory });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces).toHaveLength(1);
  });
});

describe.skipIf(noThreads !== null)(`threads of the hook${skipped(noThreads)}`, () => {
  it.each(scenarios.slice(0, 3))('do not race: %s', (_name, actions, environment) => {
    const run = runInProcess(`init:1 ${actions}`, { ...environment, ...sanitizing }, { args: threads });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(isWhole(run.traces[0]!)).toBe(!environment.MDBENCH_STUB_DROP);
  });

  it('do not race where it is injected', () => {
    const run = runInjected(injected, { ...busy, ...sanitizing }, { args: threads });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(isWhole(run.traces[0]!)).toBe(true);
  });
});
