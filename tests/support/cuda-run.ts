// A simulated program on a GPU: a thread launches steps ahead of a device that lags behind, so that a step's kernels run
// while later steps are on the host. Who launched what is known.

import { createRandom } from '../../src/random.js';
import { api, type CallFields, external, type KernelFields, kernel, name, range } from './trace-bytes.js';

export interface SimulatedRun {
  readonly kernels: readonly KernelFields[];
  readonly calls: readonly CallFields[];
  /** By correlation number; absent: outside of steps. */
  readonly steps: ReadonlyMap<number, number>;
  readonly phases: ReadonlyMap<number, string>;
  /** Host time of each step, ns: begin, end. */
  readonly windows: readonly (readonly [number, number])[];
  readonly names: readonly Uint8Array[];
  /** In the order in which they happened, with when. */
  readonly ranges: readonly { readonly at: number; readonly record: Uint8Array }[];
}

const stepName = 10;
const phaseNames = ['forces', 'integrate'];
const launchesPerPhase = 6;

/** `steps` steps of two phases, six kernels each on two streams; the device takes twice as long as the host. */
export function simulateRun(steps: number, seed: number): SimulatedRun {
  const random = createRandom(seed);
  const kernels: KernelFields[] = [];
  const calls: CallFields[] = [];
  const truth = new Map<number, number>();
  const phases = new Map<number, string>();
  const windows: [number, number][] = [];
  const ranges: { at: number; record: Uint8Array }[] = [];
  const free = [0, 0];
  let now = 1000;

  function launch(step: number | null, phase: string | null): void {
    const correlation = calls.length + 1;
    const stream = random.integer(2);
    const start = now;
    now += 2000 + random.integer(1000);
    calls.push({ start, end: now, correlation });
    const begin = Math.max(now + 500, free[stream]);
    free[stream] = begin + 8000 + random.integer(4000);
    kernels.push({ start: begin, end: free[stream], correlation, stream: 7 + stream, name: 1 + stream });
    if (step !== null) truth.set(correlation, step);
    if (phase !== null) phases.set(correlation, phase);
    now += 100;
  }

  function mark(action: 'push' | 'pop', id: number): void {
    ranges.push({ at: now, record: range(action, now, id) });
    now += 100;
  }

  for (let k = 0; k < 5; k++) launch(null, null);
  for (let step = 1; step <= steps; step++) {
    const begin = now;
    mark('push', stepName + step);
    phaseNames.forEach((phase, k) => {
      mark('push', 3 + k);
      for (let i = 0; i < launchesPerPhase; i++) launch(step, phase);
      mark('pop', 3 + k);
    });
    mark('pop', stepName + step);
    windows.push([begin, now]);
    launch(null, null);
  }
  const names = [
    name(1, '_Z5forcePf'),
    name(2, '_Z6kinetiPf'),
    ...phaseNames.map((phase, k) => name(3 + k, phase)),
    ...windows.map((_, k) => name(stepName + k + 1, `step ${k + 1}`)),
  ];
  return { kernels, calls, steps: truth, phases, windows, names, ranges };
}

/** Last moment of the run, ns. */
export function endOf({ kernels }: SimulatedRun): number {
  return Math.max(...kernels.map(({ end }) => end));
}

/**
 * Records as CUPTI delivers them: buffers of one kind each, in any order between two flushes; `marks` says what tells
 * the steps. Ranges are written when they happen, before what was launched in them is delivered.
 */
export function delivered(
  run: SimulatedRun,
  marks: 'external' | 'nvtx' | 'none',
  seed: number,
  flush: (at: number) => readonly Uint8Array[],
): Uint8Array[] {
  const random = createRandom(seed);
  const externals = [...run.steps].map(([correlation, step]) => ({
    at: run.calls[correlation - 1].end,
    record: external(correlation, step),
  }));
  const streams = [
    run.kernels.map((fields) => ({ at: fields.end, record: kernel(fields) })),
    run.calls.map((fields) => ({ at: fields.end, record: api(fields) })),
    marks === 'external' ? externals : [],
  ];
  const records = [...run.names];
  const period = endOf(run) / 10;
  for (let flushed = 1; flushed <= 11; flushed++) {
    const until = flushed * period;
    const inPeriod = ({ at }: { at: number }) => at <= until && at > until - period;
    if (marks === 'nvtx') records.push(...run.ranges.filter(inPeriod).map(({ record }) => record));
    const due = streams.map((stream) => shuffled(stream.filter(inPeriod), random));
    records.push(...shuffled(due, random).flatMap((part) => part.map(({ record }) => record)));
    records.push(...flush(until));
  }
  return records;
}

function shuffled<T>(values: readonly T[], random: { integer(n: number): number }): T[] {
  const mixed = [...values];
  for (let k = mixed.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [mixed[k], mixed[other]] = [mixed[other], mixed[k]];
  }
  return mixed;
}
