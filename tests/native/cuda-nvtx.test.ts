// Ranges as NVIDIA's own NVTX hands them over: its headers in a C program, its package in Python (MDBENCH_PYTHON).

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hookStages } from '../../src/result/cuda-profile.js';
import { noCompiler } from '../support/cuda-stubs.js';
import { hookLibrary, noNvtx, runInjected, runTraced } from '../support/hook-run.js';
import type { HookTrace } from '../support/hook-trace.js';

const python = process.env.MDBENCH_PYTHON ?? 'python3';
const noPython =
  noCompiler ??
  (spawnSync(python, ['-c', 'import nvtx']).status === 0 ? null : 'no Python with nvtx (MDBENCH_PYTHON)');
const skipped = (reason: string | null) => (reason === null ? '' : `: ${reason}`);

const actions = ['', 'push', 'pop', 'start', 'end', 'mark'];
const said = ({ ranges }: HookTrace) =>
  ranges.map(({ action, name }) => [actions[action], name].join(' ').trim());

/** Start and end of the same range share a number that no other has. */
function isPaired({ ranges }: HookTrace): boolean {
  const started = ranges.filter(({ action }) => action === 3).map(({ range }) => range);
  const ended = ranges.filter(({ action }) => action === 4).map(({ range }) => range);
  return new Set(started).size === started.length && started.join() === ended.join();
}

describe.skipIf(noNvtx !== null)(`NVTX in a C program${skipped(noNvtx)}`, () => {
  const cFunctions = [
    'push plain',
    'push registered',
    'pop',
    'pop',
    'start one',
    'start two',
    'end',
    'end',
    'push wide',
    'pop',
    'mark mark',
  ];

  it('has ranges, starts, marks and registered names in their order', () => {
    const trace = runInjected('init:1 ranges').traces[0]!;
    expect(said(trace)).toEqual(cFunctions);
    expect(isPaired(trace)).toBe(true);
    const times = trace.ranges.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
    const [first, last] = [trace.clocks[0]!.realtime, trace.clocks.at(-1)!.realtime];
    expect(first <= times[0]! && times.at(-1)! <= last).toBe(true);
  });

  it('has them without CUDA, and says what is missing for more', () => {
    const trace = runInjected('ranges steps:3:5:0', { MDBENCH_DRIVER_PROBE: '/nowhere' }).traces[0]!;
    expect(said(trace).slice(0, cFunctions.length)).toEqual(cFunctions);
    expect(new Set(trace.ranges.slice(cFunctions.length).map(({ thread }) => thread)).size).toBe(3);
    expect(trace.states.map(({ stage }) => stage)).toEqual([hookStages.indexOf('driver-library')]);
    expect(trace.processes).toHaveLength(1);
    expect(trace.end).toMatchObject({ lost: 0n, records: 0n });
  });

  it('is one trace with CUDA, whichever comes first', () => {
    const { traces } = runInjected('ranges init:1 steps:1:2:3 sync ranges');
    expect(traces).toHaveLength(1);
    expect(traces[0]!.kernels).toHaveLength(6);
    expect(said(traces[0]!)).toHaveLength(2 * cFunctions.length + 4);
    expect(traces[0]!.states.at(-1)!.stage).toBe(0);
  });

  it('costs nothing where nobody has asked for a trace', () => {
    const run = runInjected('ranges', { MDBENCH_TRACE_FOLDER: '' });
    expect([run.status, run.traces]).toEqual([0, []]);
  });
});

describe.skipIf(noPython !== null)(`NVTX in Python${skipped(noPython)}`, () => {
  it('has ranges of domains, pushes, starts and marks', () => {
    const program = `
import nvtx
with nvtx.annotate("step 0"):
    with nvtx.annotate("ℏ force", domain="model"):
        pass
nvtx.push_range("pushed")
nvtx.pop_range()
nvtx.end_range(nvtx.start_range("started"))
nvtx.mark("marked")
`;
    const run = runTraced([python, '-c', program], { NVTX_INJECTION64_PATH: hookLibrary });
    expect([run.status, run.stderr]).toEqual([0, '']);
    const trace = run.traces[0]!;
    expect(said(trace)).toEqual([
      'push step 0',
      'push ℏ force',
      'pop',
      'pop',
      'push pushed',
      'pop',
      'start started',
      'end',
      'mark marked',
    ]);
    expect(isPaired(trace)).toBe(true);
    expect(trace.end).not.toBeNull();
  });
});
