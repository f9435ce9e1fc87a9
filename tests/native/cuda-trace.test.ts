import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noCompiler } from '../support/cuda-stubs.js';
import { type Environment, isWhole, runInjected, runInProcess } from '../support/hook-run.js';

const skipped = noCompiler === null ? '' : `: ${noCompiler}`;
const full = { CLIENT_MODE: '1' };
const versions = readFileSync('tests/native/cuda/layouts.h', 'utf8').matchAll(/^\{"([\d.]+)", (\d+)/gm);

/** Of a trace that was started and stopped around `actions`. */
function traceOf(actions: string, environment: Environment = {}, cupti = '12.4') {
  const actual = `init:1 start:TRACE/a.trace ${actions} sync stop`;
  const run = runInProcess(actual, { MDBENCH_STUB_DRIVER: '13050', ...environment }, { cupti });
  expect([run.status, run.stderr]).toEqual([0, '']);
  return run.traces[0]!;
}

describe.skipIf(noCompiler !== null)(`a trace${skipped}`, () => {
  it.each([...versions].map(([, name, api]) => [name!, Number(api)] as const))(
    'has every field of a kernel, a copy and a call from CUPTI of CUDA %s',
    (name, api) => {
      const trace = traceOf('steps:1:1:2 copies graph:3', full, name);
      expect(isWhole(trace)).toBe(true);
      expect(trace.processes).toMatchObject([{ cupti: api, driver: 13050 }]);
      const [first, second, ...nodes] = trace.kernels;
      const fields = {
        device: 0,
        context: 1,
        stream: 7,
        block: [128, 2, 1],
        registers: 40,
        staticShared: 48,
      };
      const own = { ...fields, dynamicShared: 96, graphNode: 0n, graph: 0 };
      expect(first).toMatchObject({ ...own, grid: [1, 1, 1], name: '_Z4axpyfPfS_' });
      expect(second).toMatchObject({ ...own, grid: [1, 1, 2], name: '_ZN5model6kernelIfEEvPT_i' });
      expect(nodes.map(({ graphNode }) => graphNode & 0xffffffffn)).toEqual([1n, 2n, 3n]);
      expect(nodes.map(({ graph }) => graph)).toEqual(api < 15 ? [0, 0, 0] : [77, 77, 77]);
      expect(new Set(nodes.map(({ correlation }) => correlation)).size).toBe(1);
      for (const { start, end } of trace.kernels) expect(end - start).toBe(4000n);
      const calls = new Map(trace.apis.map((call) => [call.correlation, call]));
      for (const { correlation, start } of trace.kernels)
        expect(calls.get(correlation)!.start < start).toBe(true);
    },
  );

  it('has the bytes, kinds and memories of copies and memsets', () => {
    const { copies, sets, apis } = traceOf('copies');
    const told = copies.map(({ bytes, kind, source, target }) => [bytes, kind, source, target]);
    expect(told).toEqual([
      [1001n, 1, 1, 3],
      [2002n, 2, 3, 2],
      [5_000_000_000n, 8, 3, 3],
      [3003n, 10, 3, 3],
    ]);
    expect(sets).toMatchObject([{ bytes: 4004n, kind: 0, stream: 7 }]);
    const calls = new Map(apis.map(({ correlation, cbid }) => [correlation, cbid]));
    const callers = [...copies, ...sets].map(({ correlation }) => calls.get(correlation));
    expect(callers).toEqual([276, 278, 280, 318, 249]);
  });

  it.each(['12.4', '13.0'])(
    'has in kernel mode the calls that launch and copy, in full mode all (CUDA %s)',
    (cupti) => {
      const functions = (environment: Environment) =>
        traceOf('steps:1:1:1 copies graph:2', environment, cupti).apis.map(({ cbid }) => cbid);
      expect(functions({})).toEqual([307, 276, 278, 280, 318, 249, 514]);
      expect(functions(full)).toEqual([307, 276, 278, 280, 318, 249, 514, 17]);
    },
  );

  it('has launches through the runtime', () => {
    const trace = traceOf('steps:1:2:1', { MDBENCH_STUB_RUNTIME: '1' }, '13.0');
    expect(trace.apis.map(({ domain, cbid }) => [domain, cbid])).toEqual([
      [5, 211],
      [5, 211],
    ]);
  });

  it('writes a name once', () => {
    const trace = traceOf('steps:3:20:10');
    expect(trace.names.sort()).toEqual(['_Z4axpyfPfS_', '_ZN5model6kernelIfEEvPT_i']);
    expect(trace.kernels).toHaveLength(600);
  });

  it.each([{}, full])('counts the activity records that it has', (environment) => {
    const trace = traceOf('steps:1:10:10 copies', environment);
    const { kernels, copies, sets, apis, externals } = trace;
    const written = [kernels, copies, sets, apis, externals].reduce((sum, { length }) => sum + length, 0);
    expect(trace.end!.records).toBe(BigInt(written));
  });

  it('counts what CUPTI dropped', () => {
    const trace = traceOf('steps:2:50:10', { MDBENCH_STUB_DROP: '7', ...full });
    const expected = 1000 * 3 + 1;
    const present = trace.kernels.length + trace.apis.length + trace.externals.length;
    expect(present).toBeLessThan(expected);
    expect(trace.end!.dropped).toBe(BigInt(expected - present));
    expect(trace.buffers.at(-1)!.dropped).toBe(trace.end!.dropped);
  });

  it('goes through many small buffers from several threads', () => {
    const trace = traceOf('steps:4:100:10', { MDBENCH_STUB_BUFFER: '2000', MDBENCH_STUB_KERNEL_NS: '500' });
    expect(trace.kernels).toHaveLength(4000);
    expect(Number(trace.end!.requested)).toBeGreaterThan(300);
    expect(isWhole(trace)).toBe(true);
  });

  it('ties its clocks together', () => {
    const trace = traceOf('steps:1:1:1 wait:450');
    expect(trace.clocks.length).toBeGreaterThanOrEqual(4);
    const offsets = trace.clocks.map(({ monotonic, realtime }) => realtime - monotonic);
    for (const offset of offsets) expect(Math.abs(Number(offset - offsets[0]!))).toBeLessThan(2e6);
    const cupti = trace.clocks.filter(({ cupti }) => cupti > 0n);
    for (const { realtime, cupti: told } of cupti)
      expect(Math.abs(Number(realtime - told))).toBeLessThan(5e6);
    const [first, last] = [cupti[0]!.cupti, cupti.at(-1)!.cupti];
    for (const { start, end } of trace.kernels) expect(first <= start && end <= last).toBe(true);
  });

  it('is not written after its stop, which leaves nothing switched on', () => {
    const run = runInProcess(
      'init:1 start:TRACE/a.trace steps:1:1:5 sync stop steps:1:1:500 sync start:TRACE/b.trace steps:1:1:3 sync',
      { MDBENCH_STUB_BUFFER: '4000' },
      { cupti: '13.0' },
    );
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.traces.map(({ kernels }) => kernels.length)).toEqual([5, 3]);
    expect(run.traces.map(({ apis }) => apis.length)).toEqual([5, 3]);
    expect(run.traces.map(isWhole)).toEqual([true, true]);
  });

  it('is inert without a folder to write to', () => {
    const run = runInjected('init:1 steps:1:1:5 ranges sync', { MDBENCH_TRACE_FOLDER: '' });
    expect([run.status, run.stderr, run.traces]).toEqual([0, '', []]);
  });

  it('lets the program run on where the disk is full', () => {
    const run = runInProcess('init:1 start:/dev/full steps:1:10:10 sync flush:1 stop');
    expect([run.status, run.stderr]).toEqual([0, '']);
  });
});
