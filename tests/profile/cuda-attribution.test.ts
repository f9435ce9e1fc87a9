import { describe, expect, it } from 'vitest';
import { type ActivityEvent, assembleCudaProfile, createTraceReader } from '../../src/profile/cuda/index.js';
import { cudaContext } from '../support/cuda-profile.js';
import { delivered, endOf, type SimulatedRun, simulateRun } from '../support/cuda-run.js';
import { api, chunks, clock, external, joined, kernel, name, range, trace } from '../support/trace-bytes.js';

function read(bytes: Uint8Array, options: Parameters<typeof createTraceReader>[0] = {}) {
  const activities: ActivityEvent[] = [];
  const reader = createTraceReader({ ...options, sink: { onActivity: (event) => activities.push(event) } });
  reader.push(bytes);
  return { ...reader.finish(), activities };
}

function wronglyPlaced(run: SimulatedRun, activities: readonly ActivityEvent[]): number {
  return activities.filter(({ correlation, step }) => (run.steps.get(correlation) ?? null) !== step).length;
}

const run = simulateRun(40, 3);
const bytesOf = (marks: 'external' | 'nvtx' | 'none', seed: number) =>
  trace(
    delivered(run, marks, seed, (at) => [clock(at)]),
    { until: 2 * endOf(run) },
  );

describe('attribution', () => {
  it.each([1, 2, 3, 4])('by identifiers is right for every kernel, in any order (%i)', (seed) => {
    const { activities, method, steps, counts } = read(bytesOf('external', seed));
    expect(activities.length).toBe(run.kernels.length);
    expect(wronglyPlaced(run, activities)).toBe(0);
    expect({ method, steps }).toEqual({ method: 'external-correlation', steps: 40 });
    expect([counts.inSteps, counts.outside]).toEqual([run.steps.size, run.kernels.length - run.steps.size]);
  });

  it.each([1, 2, 3, 4])('by ranges is right for every kernel, in any order (%i)', (seed) => {
    const { activities, method, steps } = read(bytesOf('nvtx', seed));
    expect(activities.length).toBe(run.kernels.length);
    expect(wronglyPlaced(run, activities)).toBe(0);
    expect({ method, steps }).toEqual({ method: 'nvtx', steps: 40 });
  });

  it('by the times of the device would be wrong', () => {
    const byWindow = run.kernels.filter(({ start, correlation }) => {
      const k = run.windows.findIndex(([begin, until]) => start >= begin && start < until);
      return (k < 0 ? null : k + 1) !== (run.steps.get(correlation) ?? null);
    });
    expect(byWindow.length).toBeGreaterThan(run.kernels.length / 2);
  });

  it('gives phases the kernels that were launched in them', async () => {
    const profile = await assembleCudaProfile(cudaContext, [chunks(bytesOf('nvtx', 5), 977)]);
    const truth = ['forces', 'integrate'].map((phase) => {
      const inPhase = run.kernels.filter(({ correlation }) => run.phases.get(correlation) === phase);
      const device = inPhase.reduce((sum, { start, end }) => sum + end - start, 0) / 40 / 1e6;
      return { name: phase, device, kernels: inPhase.length / 40 };
    });
    for (const { name: phase, device, kernels } of truth) {
      const found = profile.phases.find((row) => row.name === phase)!;
      expect(found.kernels).toBe(kernels);
      expect(found.device).toBeCloseTo(device, 12);
      const marks = run.ranges.filter(
        (_, k) => phase === ['forces', 'integrate'][Math.floor(((k % 6) - 1) / 2)],
      );
      const host = marks.reduce((sum, { at }, k) => sum + (k % 2 === 0 ? -at : at), 0) / 40 / 1e6;
      expect(found.host).toBeCloseTo(host, 12);
    }
    expect(profile.phases.length).toBe(2);
  });

  it('that has to let things go counts them and never guesses', () => {
    const { activities, counts } = read(bytesOf('external', 1), { mostWaiting: 32 });
    const guessed = activities.filter(
      ({ correlation, step }) => step !== null && step !== run.steps.get(correlation),
    );
    expect(guessed).toEqual([]);
    expect(counts.outside).toBeGreaterThan(run.kernels.length - run.steps.size);
    expect(counts.inSteps + counts.outside).toBe(run.kernels.length);
  });

  it('leaves identifiers of other tools alone', () => {
    const { method, activities } = read(
      trace([
        external(1, 8, 3),
        api({ start: 1, end: 2, correlation: 1 }),
        kernel({ start: 3, end: 4, correlation: 1 }),
      ]),
    );
    expect(method).toBeNull();
    expect(activities[0].step).toBeNull();
  });

  it('takes back what ranges said when the first identifier comes', () => {
    const early = [name(2, 'step'), range('push', 10, 2), range('pop', 100)];
    const call = api({ start: 20, end: 30, correlation: 1 });
    const first = kernel({ start: 40, end: 50, correlation: 1 });
    const many = Array.from({ length: 300 }, (_, k) =>
      api({ start: 31 + k / 10, end: 32 + k / 10, correlation: 1000 + k }),
    );
    const later = [
      external(2, 77),
      api({ start: 120, end: 130, correlation: 2 }),
      kernel({ start: 140, end: 150, correlation: 2 }),
    ];
    const { counts, method, steps, rows } = read(
      trace([...early, call, first, clock(200), clock(300), ...many, clock(400), ...later]),
    );
    expect({ method, steps }).toEqual({ method: 'external-correlation', steps: 1 });
    expect(counts).toMatchObject({ inSteps: 1, outside: 1 });
    expect(rows.find(({ kind }) => kind === 'kernel')).toMatchObject({ inSteps: 1, timeInSteps: 10 });
  });
});

describe('ranges', () => {
  const launch = (start: number, correlation: number, thread = 11) => [
    api({ start, end: start + 5, correlation, thread }),
    kernel({ start: start + 500, end: start + 600, correlation }),
  ];
  const stepsOf = (records: Uint8Array[], options = {}) =>
    read(trace(records), options).activities.map(({ step }) => step);

  it.each([
    ['step 12', 12],
    ['step_12', 12],
    ['MD step #7', 7],
    ['md_step', 1],
    ['mdbench.step', 1],
    ['Step', 1],
    ['step forces', null],
    ['timestep 3', null],
    ['footstep', null],
  ])('named %s are step %s', (text, step) => {
    expect(stepsOf([name(2, text), range('push', 10, 2), range('pop', 100), ...launch(20, 1)])).toEqual([
      step,
    ]);
  });

  it('are steps by a pattern of the caller, also a global one', () => {
    const records = [name(2, 'iteration 4'), range('push', 10, 2), ...launch(20, 1), range('pop', 100)];
    records.push(name(3, 'iteration 5'), range('push', 110, 3), ...launch(120, 2), range('pop', 200));
    expect(stepsOf(records, { stepPattern: /iteration/g })).toEqual([4, 5]);
  });

  it('hold a call only as a whole', () => {
    expect(stepsOf([name(2, 'step'), range('push', 10, 2), range('pop', 22), ...launch(20, 1)])).toEqual([
      null,
    ]);
  });

  it('of another thread hold nothing, and the activity is counted', async () => {
    const records = [
      name(2, 'step'),
      range('push', 10, 2),
      ...launch(20, 1),
      ...launch(40, 2, 12),
      range('pop', 100),
    ];
    expect(stepsOf(records)).toEqual([1, null]);
    const { warnings, processes } = await assembleCudaProfile(cudaContext, [chunks(trace(records), 64)]);
    expect(processes[0]).toMatchObject({ attribution: 'nvtx', attributed: 1, unattributed: 1 });
    expect(warnings).toEqual([{ code: 'launched-elsewhere', values: { pid: 100, activities: 1, of: 2 } }]);
  });

  it('of the one thread that marks steps hold the launches of others where that is asked for', () => {
    const records = [
      name(2, 'step'),
      range('push', 10, 2),
      ...launch(20, 1),
      ...launch(40, 2, 12),
      range('pop', 100),
    ];
    records.push(...launch(140, 3, 12));
    expect(stepsOf(records, { launchThreads: 'any' })).toEqual([1, 1, null]);
  });

  it('that start and end across others keep what they hold', () => {
    const records = [name(2, 'step 1'), name(3, 'step 2'), name(4, 'half')];
    records.push(range('start', 10, 2, { range: 5 }), range('push', 20, 4), ...launch(30, 1));
    records.push(range('end', 60, 0, { range: 5 }), ...launch(70, 2), range('pop', 80));
    records.push(
      range('start', 90, 3, { range: 6 }),
      ...launch(100, 3),
      range('end', 120, 0, { range: 6, thread: 12 }),
    );
    const { phases, steps } = read(trace(records));
    expect(stepsOf(records)).toEqual([1, null, 2]);
    expect(steps).toBe(2);
    expect(phases).toEqual([{ name: 'half', host: 60, device: 100, kernels: 1 }]);
  });

  it('within one of the same name count once', () => {
    const records = [
      name(2, 'step 1'),
      name(3, 'f'),
      range('push', 10, 2),
      range('push', 20, 3),
      range('push', 30, 3),
    ];
    records.push(...launch(40, 1), range('pop', 50), range('pop', 60), range('pop', 70));
    expect(read(trace(records)).phases).toEqual([{ name: 'f', host: 40, device: 100, kernels: 1 }]);
  });

  it('on threads that take steps at the same time are steps of one', () => {
    const both = [11, 12].flatMap((thread) =>
      [0, 1, 2].flatMap((k) => [
        { at: 100 * k + thread, record: range('push', 100 * k + thread, 2, { thread }) },
        { at: 100 * k + thread + 60, record: range('pop', 100 * k + thread + 60, 0, { thread }) },
      ]),
    );
    const inOrder = both.toSorted((a, b) => a.at - b.at).map(({ record }) => record);
    expect(read(trace([name(2, 'step'), ...inOrder, ...launch(30, 1)])).steps).toBe(3);
  });

  it('popped without a push, pushed without end, nested without bound do no harm', () => {
    const deep = Array.from({ length: 5000 }, (_, k) => range('push', 200 + k, 3));
    const back = Array.from({ length: 5000 }, (_, k) => range('pop', 10_000 + k));
    const records = [
      range('pop', 1),
      range('end', 2, 0, { range: 9 }),
      name(2, 'step'),
      range('push', 100, 2),
    ];
    records.push(...deep, ...back, ...launch(16_000, 1), joined([]));
    expect(stepsOf(records)).toEqual([1]);
  });
});
