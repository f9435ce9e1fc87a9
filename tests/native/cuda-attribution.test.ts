import { describe, expect, it } from 'vitest';
import { noCompiler } from '../support/cuda-stubs.js';
import { isWhole, noNvtx, runInjected, runInProcess } from '../support/hook-run.js';
import { type HookTrace, type Kernel, rangesOfKernels, stepsOfKernels } from '../support/hook-trace.js';

const skipped = (reason: string | null) => (reason === null ? '' : `: ${reason}`);

/** Kernels of 100 µs and launches much faster than that: the device is many steps behind the program. */
const asynchronous = { MDBENCH_STUB_KERNEL_NS: '100000', MDBENCH_STUB_BUFFER: '20000' };
const stepOf = ({ grid }: Kernel) => grid[0]! - 1;

describe.skipIf(noCompiler !== null)(`the step of a kernel${skipped(noCompiler)}`, () => {
  it.each(['11.8', '12.4', '13.0', '13.5'])(
    'is right for all kernels of four threads at once (CUDA %s)',
    (cupti) => {
      const run = runInProcess('init:1 start:TRACE/a.trace steps:4:60:10 copies sync stop', asynchronous, {
        cupti,
      });
      expect([run.status, run.stderr]).toEqual([0, '']);
      const trace = run.traces[0]!;
      expect(isWhole(trace)).toBe(true);
      expect(trace.kernels).toHaveLength(2400);
      expect(stepsOfKernels(trace)).toEqual(trace.kernels.map(stepOf));
      expect(new Set(trace.kernels.map(({ stream, grid }) => `${stream} ${grid[1]! + 6}`)).size).toBe(4);
      expect(new Set(trace.externals.map(({ kind }) => kind))).toEqual(new Set([5]));
      expect(wrongByTime(trace)).toBeGreaterThan(0.2);
    },
  );

  it('is none for what is launched outside of steps', () => {
    const run = runInProcess('init:1 start:TRACE/a.trace graph:2 steps:1:1:1 copies graph:3 sync stop');
    const trace = run.traces[0]!;
    expect(stepsOfKernels(trace)).toEqual([-1, -1, 0, -1, -1, -1]);
    expect(trace.externals).toHaveLength(1);
  });
});

describe.skipIf(noNvtx !== null)(`the range of a kernel${skipped(noNvtx)}`, () => {
  it.each(['kernels', 'full'])('is right for all kernels of four threads of another program (%s)', (mode) => {
    const run = runInjected('init:4 steps:4:40:10 sync', { ...asynchronous, MDBENCH_TRACE_MODE: mode });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces).toHaveLength(1);
    const trace = run.traces[0]!;
    expect(isWhole(trace)).toBe(true);
    expect(trace.kernels).toHaveLength(1600);
    expect(rangesOfKernels(trace)).toEqual(trace.kernels.map((kernel) => `step ${stepOf(kernel)}`));
  });
});

/** Share of kernels that lie, by their time on the device, in a step of their thread that did not launch them. */
function wrongByTime({ kernels, apis, externals }: HookTrace): number {
  const calls = new Map(apis.map((call) => [call.correlation, call]));
  const steps = new Map(externals.map(({ correlation, external }) => [correlation, Number(external)]));
  const launches = apis
    .filter(({ correlation }) => steps.has(correlation))
    .sort((a, b) => Number(a.start - b.start));
  const wrong = kernels.filter((kernel) => {
    const { thread } = calls.get(kernel.correlation)!;
    const last = launches.findLast((call) => call.thread === thread && call.start <= kernel.start)!;
    return steps.get(last.correlation) !== stepOf(kernel);
  });
  return wrong.length / kernels.length;
}
