// Ends and accidents of programs in which the hook is, none of which it may make worse; and a machine as it is.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hookStages } from '../../src/result/cuda-profile.js';
import { compiled, noCompiler } from '../support/cuda-stubs.js';
import { type Environment, hookLibrary, runInjected, runTraced } from '../support/hook-run.js';
import type { HookTrace } from '../support/hook-trace.js';

const skipped = noCompiler === null ? '' : `: ${noCompiler}`;
const scratch = mkdtempSync(join(tmpdir(), 'mdbench-smoke-'));
/** Of a record of a range, as trace-format.h has it. */
const rangeBytes = 40;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The program of marks.c with the hook attached by NVTX; fails where it does not end well by itself. */
function runMarks(actions: string, environment: Environment = {}) {
  const program = compiled('marks', ['marks.c']);
  const injected = { NVTX_INJECTION64_PATH: hookLibrary, MDBENCH_DRIVER_PROBE: '/nowhere' };
  const run = runTraced([program, ...actions.split(' ')], { ...injected, ...environment });
  expect([run.status, run.signal, run.stderr]).toEqual([0, null, '']);
  return run;
}

const marks = ({ ranges }: HookTrace, action = 1) => ranges.filter((range) => range.action === action).length;

describe.skipIf(noCompiler !== null)(`a program with the hook in it${skipped}`, () => {
  it('is left alone where nobody has asked for a trace', () => {
    const run = runMarks('attach mark:10', { MDBENCH_TRACE_FOLDER: '' });
    expect([run.stdout, run.traces]).toEqual(['attached 0\n', []]);
  });

  it('gives one trace however often it is attached to', () => {
    const { traces } = runMarks('attach attach mark:3 attach mark:4');
    expect(traces.map((trace) => marks(trace))).toEqual([7]);
    expect(traces[0]!.end).not.toBeNull();
  });

  it('may have names of tens of kilobytes that differ at their ends', () => {
    const { names } = runMarks('attach long:50000 mark:1 long:50000').traces[0]!;
    expect(names.map((name) => [name.length, name.at(-1)])).toEqual([
      [50_000, 'a'],
      [50_000, 'b'],
      [50_000, 'c'],
      [4, 'k'],
    ]);
  });

  it.each([
    ['_exit', false],
    ['quick', true],
  ])('loses nothing of what was 200 ms old at %s', (how, hasEnd) => {
    const { traces } = runMarks(`attach mark:500 wait:600 ${how}`);
    expect(marks(traces[0]!)).toBe(500);
    expect(traces[0]!.end !== null).toBe(hasEnd);
  });

  it('gives a second trace after exec', () => {
    const { traces } = runMarks('attach mark:500 wait:600 exec');
    expect(traces.map((trace) => marks(trace))).toEqual([500, 2]);
    expect(traces.map(({ end }) => end !== null)).toEqual([false, true]);
  });

  it('is not ended by its limit of file sizes, which the trace keeps and says so', () => {
    const limit = 300_000;
    const { traces } = runMarks(`attach limit:${limit} mark:12000 wait:600 mark:1`);
    const [trace] = traces;
    expect(trace!.rest).toBe(0);
    expect(Number(trace!.end!.lost)).toBeGreaterThan(2 * 12_000 * rangeBytes - limit);
    expect(marks(trace!)).toBeGreaterThan(100);
  });

  it('does not find the trace in a file of its own that has got the number', () => {
    const own = join(scratch, 'own');
    const { traces } = runMarks(`attach mark:5 wait:600 close:${own} mark:12000 wait:600`);
    expect(statSync(own).size).toBe(0);
    expect([marks(traces[0]!), traces[0]!.end]).toEqual([5, null]);
  });

  it('shares nothing with a child that it makes by a bare system call', () => {
    const { traces } = runMarks('attach mark:5 bare mark:5');
    expect(traces).toHaveLength(1);
    expect(traces[0]!.ranges.filter(({ name }) => name === 'child')).toEqual([]);
    expect([marks(traces[0]!), traces[0]!.end !== null]).toEqual([10, true]);
  });

  it('goes on where a handler of signals interrupts the hook, and what that costs is counted', () => {
    const [trace] = runMarks('attach storm:100').traces;
    const pushed = marks(trace!) + marks(trace!, 2);
    expect(pushed).toBeGreaterThan(1000);
    expect([trace!.rest, trace!.end !== null]).toEqual([0, true]);
    expect(Number(trace!.end!.lost) % rangeBytes).toBe(0);
  });

  it('goes on where its threads are cancelled', () => {
    const [trace] = runMarks('attach cancel:8 mark:7').traces;
    expect(trace!.ranges.filter(({ name }) => name === 'mark')).toHaveLength(7);
    expect([trace!.rest, trace!.end !== null]).toEqual([0, true]);
  });

  it('is not flushed while cuInit is at work, and CUPTI not called after its own end', () => {
    const run = runInjected('init:1 steps:1:3:3 sync', { MDBENCH_STUB_INIT_MS: '600' });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces[0]!.kernels).toHaveLength(9);
    expect(run.traces[0]!.end).not.toBeNull();
  });

  it('may be a Node whose worker had the addon and is gone', () => {
    const script = `
      const { Worker } = require('node:worker_threads');
      const addon = ${JSON.stringify(resolve('native/build/mdbench.node'))};
      const inside = "const addon = require(" + JSON.stringify(addon) + "); addon.hookStart('TRACE/a.trace', 0);";
      new Worker(inside, { eval: true }).on('exit', () => setTimeout(() => {}, 500));`;
    const run = runTraced([process.execPath, '-e', script], {});
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces[0]!.buffers.length).toBeGreaterThan(1);
    expect(run.traces[0]!.end).not.toBeNull();
  });
});

describe.skipIf(!existsSync('native/build/mdbench.node'))('the hook on this machine', () => {
  it('says what it finds, and that there is no driver where there is none', () => {
    const script = `console.log(JSON.stringify(require('./native/build/mdbench.node').hookProbe()))`;
    const { MDBENCH_DRIVER_PROBE: _, ...env } = process.env;
    const run = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env });
    expect([run.status, run.stderr]).toEqual([0, '']);
    const [stage, code, message] = JSON.parse(run.stdout) as [number, number, string];
    expect(hookStages[stage]).toBeDefined();
    expect(message).not.toBe('');
    if (process.platform !== 'linux' || !readFileSync(hookLibrary).includes('InitializeInjectionNvtx2'))
      expect(hookStages[stage]).toBe('no-hook');
    else if (!existsSync('/proc/driver/nvidia/version') && !existsSync('/dev/dxg'))
      expect([hookStages[stage], code]).toEqual(['driver-library', 0]);
  });
});
