// NVTX ranges as they were open on each thread over time, so that a moment of a thread names its step and its phases.
// Times in ns of CLOCK_REALTIME; the records of a thread come in the order in which they happened.

import { lastNotAfter } from './clocks.js';
import { type Column, createColumn } from './column.js';
import { createNesting, type Nesting, type OpenRange, type Position } from './nesting.js';
import { rangeActions } from './trace-format.js';

export interface ClosedRange extends OpenRange {
  readonly thread: number;
  readonly end: number;
}

export interface Located {
  /** NaN: in no step. */
  readonly step: number;
  /** Numbers of the names of the phases within it, each once. */
  readonly phases: readonly number[];
  /** False: this thread marks no steps. */
  readonly marked: boolean;
}

export interface Ranges {
  /** True: a step range has begun. */
  readonly any: boolean;
  /** Step ranges that began: over all threads, or on the busiest one where threads were in steps at the same time. */
  readonly steps: number;
  /** @param range joins a start with its end; @param stepOf the number that a name gives to a step, NaN for another name */
  record(action: number, time: number, thread: number, name: number, range: bigint): void;
  /** Where a call from `start` to `end` was made; in a step only if all of it was in the same one. */
  locate(thread: number, start: number, end: number): Located;
  /** Ranges that are still open, as if they ended at `end`. */
  closeAll(end: number): void;
}

export interface RangeOptions {
  /** 0: a step without a number of its own; NaN: no step. */
  readonly stepOf: (name: number) => number;
  /** Called for each range when it ends, and for marks. */
  readonly closed: (range: ClosedRange) => void;
  /** True: a thread that marks no steps counts as the one thread that does. */
  readonly anyThread: boolean;
}

interface Thread {
  readonly id: number;
  readonly nesting: Nesting;
  /** Moments at which what is open changed, and what was open from then on. */
  readonly times: Column;
  readonly positions: Position[];
  steps: number;
}

const mostMoments = 1 << 17;
const nowhere: Located = { step: Number.NaN, phases: [], marked: false };

export function createRanges({ stepOf, closed, anyThread }: RangeOptions): Ranges {
  const threads = new Map<number, Thread>();
  const started = new Map<bigint, Thread>();
  let begun = 0;
  let inStep = 0;
  let together = false;

  function record(action: number, time: number, thread: number, name: number, range: bigint): void {
    const own = threadOf(thread);
    if (action === rangeActions.push || action === rangeActions.start) {
      const key = action === rangeActions.start ? range : null;
      change(own, time, () => own.nesting.open(name, time, stepOf(name), key, begun + 1));
      if (key !== null) started.set(key, own);
    } else if (action === rangeActions.pop) {
      change(own, time, () => finish(own, own.nesting.pop(), time));
    } else if (action === rangeActions.end) {
      const other = started.get(range);
      started.delete(range);
      if (other) change(other, time, () => finish(other, other.nesting.end(range), time));
    } else if (action === rangeActions.mark) {
      closed({
        name,
        start: time,
        end: time,
        thread,
        position: own.nesting.position,
        phase: false,
        mark: true,
      });
    }
  }

  /** What `act` does to the open ranges of a thread, as a moment of its time line. */
  function change(thread: Thread, time: number, act: () => void): void {
    const before = thread.nesting.position;
    act();
    const after = thread.nesting.position;
    if (after === before) return;
    if (after.instance !== before.instance) enterOrLeave(thread, before, after);
    const { times, positions } = thread;
    times.push(Math.max(time, times.count > 0 ? times.values[times.count - 1] : time));
    positions.push(after);
    if (times.count < mostMoments) return;
    times.drop(mostMoments / 2);
    positions.splice(0, mostMoments / 2);
  }

  function enterOrLeave(thread: Thread, before: Position, after: Position): void {
    if (before.instance > 0) inStep--;
    if (after.instance === 0) return;
    together ||= inStep > 0;
    inStep++;
    begun++;
    thread.steps++;
  }

  function finish(thread: Thread, range: OpenRange | null, end: number): void {
    if (range) closed({ ...range, thread: thread.id, end: Math.max(end, range.start) });
  }

  function locate(thread: number, start: number, end: number): Located {
    const own = threads.get(thread);
    const asked = own && own.steps > 0 ? own : anyThread ? onlyMarked() : undefined;
    if (!asked) return nowhere;
    const { times, positions } = asked;
    const at = positions[lastNotAfter(times.values, times.count, start)];
    const until = positions[lastNotAfter(times.values, times.count, end)];
    const inside = at && at.instance > 0 && at.instance === until.instance;
    return inside ? { step: at.step, phases: at.phases, marked: true } : { ...nowhere, marked: true };
  }

  function onlyMarked(): Thread | undefined {
    const marked = [...threads.values()].filter(({ steps }) => steps > 0);
    return marked.length === 1 ? marked[0] : undefined;
  }

  function threadOf(id: number): Thread {
    const known = threads.get(id);
    if (known) return known;
    const thread = { id, nesting: createNesting(), times: createColumn(), positions: [], steps: 0 };
    threads.set(id, thread);
    return thread;
  }

  function closeAll(end: number): void {
    for (const thread of threads.values()) {
      for (const range of thread.nesting.all()) finish(thread, range, end);
    }
  }

  return {
    get any() {
      return begun > 0;
    },
    get steps() {
      return together ? Math.max(...[...threads.values()].map(({ steps }) => steps)) : begun;
    },
    record,
    locate,
    closeAll,
  };
}
