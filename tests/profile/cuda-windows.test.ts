// Steps that are force calls of another process: known by when they were, on a clock that both read.

import { describe, expect, it } from 'vitest';
import {
  type ActivityEvent,
  assembleCudaProfile,
  createTraceReader,
  type RangeEvent,
  type StepWindows,
} from '../../src/profile/cuda/index.js';
import { stepWithin } from '../../src/profile/cuda/windows.js';
import { callWindows } from '../../src/profile/index.js';
import { cudaContext } from '../support/cuda-profile.js';
import { delivered, endOf, simulateRun } from '../support/cuda-run.js';
import { passRecording } from '../support/pass-recording.js';
import {
  api,
  chunks,
  clock,
  head,
  joined,
  kernel,
  monotonicOrigin,
  name,
  range,
  trace,
} from '../support/trace-bytes.js';

/** Of moments in ns of CLOCK_MONOTONIC since the origin of the trace. */
function windowsOf(calls: readonly (readonly [number, number])[]): StepWindows {
  const at = (ns: number) => (Number(monotonicOrigin) + ns) / 1e6;
  return {
    begins: Float64Array.from(calls, ([begin]) => at(begin)),
    ends: Float64Array.from(calls, ([, end]) => at(end)),
  };
}

function read(bytes: Uint8Array, windows: StepWindows) {
  const activities: ActivityEvent[] = [];
  const ranges: RangeEvent[] = [];
  const reader = createTraceReader({
    windows,
    launchThreads: 'any',
    sink: { onActivity: (event) => activities.push(event), onRange: (event) => ranges.push(event) },
  });
  reader.push(bytes);
  return { ...reader.finish(), activities, ranges };
}

const run = simulateRun(40, 3);
const bytesOf = (marks: 'nvtx' | 'none', seed: number) =>
  trace(
    delivered(run, marks, seed, (at) => [clock(at)]),
    { until: 2 * endOf(run) },
  );

describe('force calls', () => {
  it.each([1, 2, 3, 4])('get every kernel that was launched in them, however late it ran (%i)', (seed) => {
    const { activities, method, steps, counts } = read(bytesOf('none', seed), windowsOf(run.windows));
    const wrong = activities.filter(({ correlation, step }) => (run.steps.get(correlation) ?? null) !== step);
    expect([activities.length, wrong.length]).toEqual([run.kernels.length, 0]);
    expect({ method, steps }).toEqual({ method: 'force-call', steps: 40 });
    expect([counts.inSteps, counts.outside]).toEqual([run.steps.size, run.kernels.length - run.steps.size]);
    expect([counts.elsewhere, counts.launchUnknown]).toEqual([0, 0]);
  });

  it('decide over what a program calls its steps, which are phases of them then', async () => {
    const moved = run.windows.slice(20);
    const profile = await assembleCudaProfile(cudaContext, [chunks(bytesOf('nvtx', 5), 977)], {
      windows: windowsOf(moved),
    });
    expect(profile.steps).toBe(20);
    expect(profile.processes).toMatchObject([{ attribution: 'force-call', attributed: 20 * 12 }]);
    const phases = new Map(profile.phases.map((phase) => [phase.name, phase]));
    expect(phases.get('forces')?.kernels).toBe(6);
    expect(phases.get('step 21')?.kernels).toBe(12 / 20);
    expect(phases.has('step 20')).toBe(false);
  });

  it('in which nothing was launched leave everything outside, and no averages', async () => {
    const never = windowsOf(run.windows.map(([begin, end]) => [begin + 1e12, end + 1e12]));
    const profile = await assembleCudaProfile(
      { ...cudaContext, steps: 40 },
      [chunks(bytesOf('none', 1), 977)],
      {
        windows: never,
      },
    );
    expect(profile.processes).toMatchObject([{ attribution: 'force-call', attributed: 0 }]);
    expect(profile.processes[0].unattributed).toBe(run.kernels.length);
    expect(profile.kernels.every(({ perStep }) => perStep === 0)).toBe(true);
    expect(profile.warnings).toEqual([]);
  });

  it('are found on CUPTI’s clock and through a time of day that is set meanwhile', () => {
    const realtime = (at: number) => at + (at > 5e8 ? 3e9 : 0);
    const cupti = (at: number) => 37e9 + at * 1.0001;
    const calls = [1, 2, 3, 4].map((k) => [k * 2e8, k * 2e8 + 1e6] as const);
    const launches = calls.flatMap(([begin, end], k) =>
      [begin - 5000, begin + 5000, end - 5000, end + 5000].flatMap((at, i) => {
        const correlation = 10 * (k + 1) + i;
        return [
          api({ start: cupti(at), end: cupti(at + 1000), correlation }),
          kernel({ start: cupti(at + 4e6), end: cupti(at + 5e6), correlation }),
        ];
      }),
    );
    const moments = [0, 1e8, 2e8, 3e8, 4e8, 5e8, 5e8 + 1, 6e8, 7e8, 8e8, 9e8].map((at) =>
      clock(realtime(at), { monotonic: at, cupti: cupti(at) }),
    );
    const { activities } = read(joined([head(), ...moments, ...launches]), windowsOf(calls));
    const steps = activities.toSorted((a, b) => a.correlation - b.correlation).map(({ step }) => step);
    expect(steps).toEqual([1, 2, 3, 4].flatMap((k) => [null, k, k, null]));
  });

  it('are those of a recording, on the clock that other processes read', () => {
    const recording = passRecording({ steps: 3 });
    const { begins, ends } = callWindows(recording);
    const { mark, monotonic } = recording.origin;
    expect([...begins]).toEqual([...recording.marks.callBegin].map((time) => time - mark + monotonic));
    expect([...ends]).toEqual([...recording.marks.callEnd].map((time) => time - mark + monotonic));
  });
});

describe('ranges of a program without steps', () => {
  const names = [name(2, 'forward'), name(3, 'whole run'), name(4, 'neighbors'), name(5, 'late')];
  const windows = windowsOf([
    [1000, 2000],
    [3000, 4000],
  ]);
  const launch = (start: number, correlation: number, thread = 11) => [
    api({ start, end: start + 5, correlation, thread }),
    kernel({ start: start + 5000, end: start + 5100, correlation }),
  ];

  it('are phases of the force call in which they begin, and what is around the calls is none', () => {
    const { ranges, phases, activities } = read(
      trace([
        ...names,
        range('push', 100, 3),
        range('push', 1100, 2),
        ...launch(1150, 1),
        range('push', 1200, 4),
        ...launch(1250, 2),
        range('pop', 1300),
        range('pop', 1900),
        range('push', 2500, 5),
        ...launch(2600, 3),
        range('pop', 2700),
        range('push', 3100, 2),
        ...launch(3150, 4, 99),
        range('pop', 4500),
        range('pop', 9000),
      ]),
      windows,
    );
    const told = ranges.map(({ name: text, step }) => [text, step]);
    expect(told).toEqual([
      ['neighbors', 1],
      ['forward', 1],
      ['late', null],
      ['forward', 2],
      ['whole run', null],
    ]);
    expect(phases).toEqual([
      { name: 'forward', host: 800 + 1400, device: 300, kernels: 3 },
      { name: 'neighbors', host: 100, device: 100, kernels: 1 },
    ]);
    expect(activities.map(({ step }) => step)).toEqual([1, 1, null, 2]);
  });

  it('alone are told by step too, where nothing ran on a device', async () => {
    const marks = [1100, 3100].flatMap((at) => [range('push', at, 2), range('pop', at + 500)]);
    const profile = await assembleCudaProfile(cudaContext, [chunks(trace([...names, ...marks]), 64)], {
      windows,
    });
    expect(profile).toMatchObject({ steps: 2, kernels: [], warnings: [] });
    expect(profile.phases).toEqual([{ name: 'forward', host: 500e-6, device: 0, kernels: 0 }]);
  });
});

describe('a moment', () => {
  const { begins, ends } = windowsOf([
    [10, 20],
    [20, 30],
    [50, 60],
  ]);
  const at = (ns: number) => (Number(monotonicOrigin) + ns) / 1e6;
  it.each([
    [9, 9, Number.NaN],
    [10, 20, 1],
    [20, 20, 2],
    [15, 25, Number.NaN],
    [40, 40, Number.NaN],
    [55, 60, 3],
    [55, 61, Number.NaN],
  ])('from %i to %i is in the step %d', (start, end, step) => {
    expect(stepWithin({ begins, ends }, at(start), at(end))).toBe(step);
  });
});
