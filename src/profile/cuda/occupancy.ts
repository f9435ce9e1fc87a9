// When one device was busy: the union of all activity on it, over all streams, and the gaps between. ns.

import { type Column, createColumn } from './column.js';
import { addDuration, createDurations, type Durations } from './durations.js';

export interface Occupancy {
  readonly starts: Column;
  readonly ends: Column;
  /** From the first begin to the last end of what belongs to steps; infinite where nothing does. */
  stepsBegin: number;
  stepsEnd: number;
  /** The last end of all. */
  end: number;
  /** Activities that came after `mostIntervals`, of which only the end is known. */
  beyond: number;
}

export interface Gaps {
  readonly busy: number;
  readonly idle: number;
  readonly between: Durations;
}

/** 64 MiB a device. */
export const mostIntervals = 1 << 22;

export function createOccupancy(): Occupancy {
  return {
    starts: createColumn(),
    ends: createColumn(),
    stepsBegin: Number.POSITIVE_INFINITY,
    stepsEnd: Number.NEGATIVE_INFINITY,
    end: Number.NEGATIVE_INFINITY,
    beyond: 0,
  };
}

export function forgetSteps(occupancy: Occupancy): void {
  occupancy.stepsBegin = Number.POSITIVE_INFINITY;
  occupancy.stepsEnd = Number.NEGATIVE_INFINITY;
}

export function addInterval(occupancy: Occupancy, start: number, end: number): void {
  if (end > occupancy.end) occupancy.end = end;
  if (occupancy.starts.count >= mostIntervals) {
    occupancy.beyond++;
    return;
  }
  occupancy.starts.push(start);
  occupancy.ends.push(end);
}

export function belongsToSteps(occupancy: Occupancy, start: number, end: number): void {
  if (start < occupancy.stepsBegin) occupancy.stepsBegin = start;
  if (end > occupancy.stepsEnd) occupancy.stepsEnd = end;
}

/**
 * Over the span of the steps, or of everything. Sorted begins and sorted ends are enough: the device is busy while more
 * activities have begun than ended. What lies outside of the span shrinks to a point of its border. Of a device with
 * more activities than are kept, shares of the part that is kept stand for the whole.
 */
export function gapsOf(occupancy: Occupancy, span: 'steps' | 'all'): Gaps | null {
  const count = occupancy.starts.count;
  if (count === 0 || (span === 'steps' && !(occupancy.stepsBegin <= occupancy.stepsEnd))) return null;
  const begins = occupancy.starts.values.slice(0, count).sort();
  const ends = occupancy.ends.values.slice(0, count).sort();
  const from = span === 'steps' ? occupancy.stepsBegin : begins[0];
  const end = span === 'steps' ? occupancy.stepsEnd : occupancy.end;
  const until = Math.max(Math.min(end, ends[count - 1]), from);
  const between = createDurations();
  for (let k = 0; k + 1 < count; k++) {
    const gap = clip(begins[k + 1], from, until) - clip(ends[k], from, until);
    if (gap > 0) addDuration(between, gap);
  }
  const idle = until > from ? (between.total / (until - from)) * (end - from) : 0;
  return { busy: end - from - idle, idle, between };
}

function clip(time: number, from: number, until: number): number {
  return Math.min(Math.max(time, from), until);
}
