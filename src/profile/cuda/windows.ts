// Steps by time: when another process was asked for the forces of each. What it launches meanwhile, by its host clock,
// belongs to that step; the moment at which the device gets to it decides nothing.

import { lastNotAfter } from './clocks.js';
import { createRanges, type RangeOptions, type Ranges } from './ranges.js';
import { rangeActions } from './trace-format.js';

/** Entry k is the force call of step k + 1: ms of CLOCK_MONOTONIC, one after another. */
export interface StepWindows {
  readonly begins: Float64Array;
  readonly ends: Float64Array;
}

/** @returns the step in whose force call both moments lie, ms; NaN: in none, or not in the same */
export function stepWithin({ begins, ends }: StepWindows, start: number, end: number): number {
  const k = lastNotAfter(begins, begins.length, start);
  return k >= 0 && end <= ends[k] ? k + 1 : Number.NaN;
}

/** The number of no name. */
const windowName = -1;

export interface WindowedRangeOptions extends Omit<RangeOptions, 'stepOf'> {
  readonly windows: StepWindows;
  /** ms of CLOCK_MONOTONIC of a time of a range. */
  readonly milliseconds: (time: number) => number;
}

/**
 * Ranges of a program that knows of no steps: each window is a step range on every thread that marks something in it, so
 * that what a thread marks within it is a phase of that step, whatever its name.
 */
export function createWindowedRanges({
  windows,
  milliseconds,
  closed,
  anyThread,
}: WindowedRangeOptions): Ranges {
  const inside = new Map<number, number>();
  let entering = Number.NaN;
  const ranges = createRanges({
    stepOf: (name) => (name === windowName ? entering : Number.NaN),
    anyThread,
    closed: (range) => {
      if (range.name !== windowName) closed(range);
    },
  });

  function enter(thread: number, time: number): void {
    const at = milliseconds(time);
    const step = stepWithin(windows, at, at);
    const before = inside.get(thread) ?? Number.NaN;
    if (Object.is(step, before)) return;
    const key = -1n - BigInt(thread);
    if (!Number.isNaN(before)) ranges.record(rangeActions.end, time, thread, windowName, key);
    inside.set(thread, step);
    entering = step;
    if (!Number.isNaN(step)) ranges.record(rangeActions.start, time, thread, windowName, key);
  }

  return {
    get any() {
      return ranges.any;
    },
    get steps() {
      return ranges.steps;
    },
    record(action, time, thread, name, range) {
      // A range belongs to the step in which it began.
      if (action !== rangeActions.pop && action !== rangeActions.end) enter(thread, time);
      ranges.record(action, time, thread, name, range);
    },
    locate: ranges.locate,
    closeAll: ranges.closeAll,
  };
}
