import { describe, expect, it } from 'vitest';
import { chooseSteps, type Timeline, timelineText } from '../../src/profile/index.js';
import { passRecording } from '../support/pass-recording.js';
import { checkTimeline } from '../support/timeline-check.js';

const step = 0.955;
const recording = passRecording({
  steps: 40,
  pause: 0.045,
  rebuilt: [7],
  checkpointed: [20],
  switches: { 9: 3 },
  collections: [
    { begin: 3.3, duration: 0.1, kind: 'minor' },
    { begin: 19.97, duration: 0.02, kind: 'major' },
  ],
});

function drawn(change: Partial<Timeline> = {}) {
  const timeline: Timeline = {
    title: 'si64',
    recording,
    operators: [],
    cuda: null,
    mostSteps: 2000,
    ...change,
  };
  return checkTimeline([...timelineText(timeline)].join(''));
}

describe('the timeline of a profiling pass', () => {
  const { complaints, slices, events, other } = drawn();

  it('is one that a viewer draws as it is meant', () => {
    expect(complaints).toEqual([]);
    expect(other).toMatchObject({ title: 'si64', steps: 40, of: 40 });
  });

  it('has slices whose ends are the begins of the next to the last bit, also for a reader that adds doubles', () => {
    const track = slices('si64', 'steps');
    const of = (name: string) => track.filter((one) => one.name === name);
    const ends = of('feeds').map(({ ts, dur }) => ts! + dur!);
    expect(ends).toEqual(of('run').map(({ ts }) => ts));
  });

  it('has every step with its number, its phases inside', () => {
    const track = slices('si64', 'steps');
    const steps = track.filter(({ name }) => name === 'step');
    expect(steps.map(({ args }) => args?.step)).toEqual(Array.from({ length: 40 }, (_, k) => k + 1));
    expect(steps[1]!.ts! - steps[0]!.ts!).toBeCloseTo(1000 * (step + 0.045), 3);
    expect(steps[0]!.dur).toBeCloseTo(1000 * step, 3);
    const names = new Set(track.map(({ name }) => name));
    expect([...names].sort()).toEqual(
      [
        'step',
        'kick and drift',
        'neighbor list',
        'force call',
        'feeds',
        'run',
        'outputs',
        'closing kick',
        'books',
      ].sort(),
    );
    expect(track.filter(({ name }) => name === 'run').map(({ dur }) => dur)[5]).toBeCloseTo(700, 3);
  });

  it('marks rebuilds, looks at memory and collections, also those between two steps', () => {
    const instants = events
      .filter(({ ph }) => ph === 'i')
      .map(({ name, ts }) => [name, Math.floor(ts! / 1000) - 1000]);
    expect(instants).toEqual([
      ['list rebuilt', 7],
      ['memory looked at before', 20],
    ]);
    expect(slices('si64', 'garbage collection').map(({ name, dur }) => [name, Math.round(dur!)])).toEqual([
      ['minor collection', 100],
      ['major collection', 20],
    ]);
    expect(events.filter(({ ph }) => ph === 'C').length).toBe(40);
    expect(slices('si64', 'steps').find(({ args }) => args?.step === 10)?.args).toMatchObject({
      'context switches': 3,
    });
  });

  it('of a force field without parts has its call as one', () => {
    const whole = drawn({ recording: passRecording({ steps: 3, observed: false }) });
    expect(whole.complaints).toEqual([]);
    const names = whole.slices('si64', 'steps').map(({ name }) => name);
    expect(names.filter((name) => name === 'force call').length).toBe(3);
    expect(names).not.toContain('run');
  });
});

describe('a long pass', () => {
  const long = passRecording({ steps: 5000, other: { 4000: { run: 9 }, 4990: { run: 20 } } });

  it('is drawn up to the limit: its beginning, and what surrounds its longest steps', () => {
    const chosen = chooseSteps(long, 100);
    const steps = [...chosen].flatMap((one, k) => (one ? [k] : []));
    expect(steps.length).toBe(100);
    expect(steps.slice(0, 80)).toEqual(Array.from({ length: 80 }, (_, k) => k));
    expect(steps).toEqual(expect.arrayContaining([3998, 4000, 4985, 4990, 4995]));
  });

  it('says so, and stays a sound timeline', () => {
    const { complaints, other, slices } = drawn({ recording: long, mostSteps: 100 });
    expect(complaints).toEqual([]);
    expect(other).toMatchObject({ steps: 100, of: 5000 });
    expect(slices('si64', 'steps').filter(({ name }) => name === 'step').length).toBe(100);
  });
});

describe('operators and CUDA beside it', () => {
  const operators = [
    { name: 'model_run', operator: 'force call', provider: '', begin: 50, duration: 1, thread: 77 },
    {
      name: 'mm3',
      operator: 'MatMul',
      provider: 'CPUExecutionProvider',
      begin: 50.2,
      duration: 0.5,
      thread: 77,
    },
  ];
  const of = { pid: 9, step: 2, correlation: 1 };
  const cuda = {
    activities: [
      {
        ...of,
        kind: 'kernel' as const,
        name: 'axpy<float>',
        device: 0,
        context: 1,
        stream: 7,
        start: 1001.2,
        end: 1001.3,
        bytes: null,
      },
      {
        ...of,
        correlation: 2,
        kind: 'copy' as const,
        name: 'host-to-device',
        device: 0,
        context: 1,
        stream: 13,
        start: 1001.25,
        end: 1001.4,
        bytes: 768,
      },
    ],
    calls: [
      { ...of, name: 'cudaLaunchKernel', thread: 9, start: 1001.05, end: 1001.07 },
      { ...of, correlation: 5, name: 'cudaStreamSynchronize', thread: 9, start: 1001.1, end: 1001.45 },
    ],
    ranges: [{ pid: 9, name: 'step 2', thread: 9, start: 1001, end: 1001.5, step: 2, mark: false }],
  };
  const { complaints, slices, events } = drawn({ operators, cuda });

  it('nest on tracks of their own', () => {
    expect(complaints).toEqual([]);
    expect(slices(/ONNX Runtime/, 'thread 77').map(({ name, ts }) => [name, ts])).toEqual([
      ['force call', 1_000_000],
      ['MatMul', 1_000_200],
    ]);
    expect(slices('GPU 0, process 9', /stream 7/).map(({ name }) => name)).toEqual(['axpy<float>']);
    expect(slices('GPU 0, process 9', /stream 13/)[0]!.args).toMatchObject({ bytes: 768, kind: 'copy' });
    expect(slices('process 9', 'thread 9').map(({ name }) => name)).toEqual([
      'step 2',
      'cudaLaunchKernel',
      'cudaStreamSynchronize',
    ]);
  });

  it('stand at their place in time: the clock of the marks and that of the hook are one', () => {
    const second = slices('si64', 'steps').filter(({ name }) => name === 'step')[1]!;
    expect(second.ts).toBeCloseTo(1_001_000, 3);
    expect(slices('process 9', 'thread 9')[0]!.ts).toBeCloseTo(1_001_000, 3);
  });

  it('have an arrow from the launch to its kernel, and none where one end is missing', () => {
    const arrows = events.filter(({ ph }) => ph === 's' || ph === 'f');
    expect(arrows.map(({ ph, id }) => [ph, id])).toEqual([
      ['s', 1],
      ['f', 1],
    ]);
  });
});

it('a program of which nothing but CUDA is known has a timeline that begins with it', () => {
  const range = { pid: 4, name: 'train', thread: 4, start: 5000, end: 5010, step: null, mark: false };
  const { complaints, slices } = drawn({
    recording: null,
    cuda: { activities: [], calls: [], ranges: [range] },
  });
  expect(complaints).toEqual([]);
  expect(slices('process 4', 'thread 4')[0]).toMatchObject({ name: 'train', ts: 1_000_000, dur: 10_000 });
});
