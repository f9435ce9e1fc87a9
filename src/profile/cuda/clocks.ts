// Three clocks of a trace and the way between them: piecewise linear through the moments at which all were read. ns.

import { createColumn } from './column.js';

export const clockNames = ['monotonic', 'realtime', 'cupti'] as const;
export type ClockName = (typeof clockNames)[number];

export interface Clocks {
  readonly count: number;
  /** Of a clock record. Where it has no CUPTI time, CUPTI runs on CLOCK_REALTIME, as it says it does. */
  add(view: DataView, at: number): void;
  /** Eight bytes as ns since the first moment of that clock: exact in a double for a hundred days. */
  read(clock: ClockName, view: DataView, at: number): number;
  /** Before the first and after the last moment at the same rate; unchanged where there is no moment. */
  map(from: ClockName, to: ClockName, time: number): number;
  /** The last moment; 0 where there is none. */
  last(clock: ClockName): number;
  /** True: a moment was read at or after `time`, or none ever was. */
  covers(clock: ClockName, time: number): boolean;
  /** Whether CUPTI's times lie between the first and the last moment, give or take what may be before and after them. */
  contains(first: number, last: number, before: number, after: number): boolean;
  /** ms of CLOCK_MONOTONIC. */
  milliseconds(from: ClockName, time: number): number;
}

type Origin = { readonly high: number; readonly low: number };

export function createClocks(): Clocks {
  const origins: Record<ClockName, Origin | null> = { monotonic: null, realtime: null, cupti: null };
  const moments = { monotonic: createColumn(), realtime: createColumn(), cupti: createColumn() };
  let count = 0;

  function read(clock: ClockName, view: DataView, at: number): number {
    const high = view.getUint32(at + 4, true);
    const low = view.getUint32(at, true);
    origins[clock] ??= (clock === 'monotonic' ? null : (origins.cupti ?? origins.realtime)) ?? { high, low };
    const origin = origins[clock];
    return (high - origin.high) * 0x100000000 + (low - origin.low);
  }

  function add(view: DataView, at: number): void {
    const none = view.getUint32(at + 24, true) === 0 && view.getUint32(at + 28, true) === 0;
    const places = { monotonic: at + 8, realtime: at + 16, cupti: none ? at + 16 : at + 24 };
    for (const clock of clockNames) {
      const place = places[clock];
      origins[clock] ??= { high: view.getUint32(place + 4, true), low: view.getUint32(place, true) };
      moments[clock].push(read(clock, view, place));
    }
    count++;
  }

  function map(from: ClockName, to: ClockName, time: number): number {
    if (count === 0) return time;
    const source = moments[from].values;
    const target = moments[to].values;
    const k = lastNotAfter(source, count, time);
    if (k < 0) return target[0] + (time - source[0]);
    const width = k + 1 < count ? source[k + 1] - source[k] : 0;
    const rate = width > 0 ? (target[k + 1] - target[k]) / width : 1;
    return target[k] + (time - source[k]) * rate;
  }

  function contains(first: number, last: number, before: number, after: number): boolean {
    if (count === 0) return true;
    const { values } = moments.cupti;
    return first >= values[0] - before && last <= values[count - 1] + after;
  }

  function milliseconds(from: ClockName, time: number): number {
    const origin = origins.monotonic ?? { high: 0, low: 0 };
    return (origin.high * 0x100000000 + origin.low + map(from, 'monotonic', time)) / 1e6;
  }

  return {
    get count() {
      return count;
    },
    add,
    read,
    map,
    last: (clock) => (count > 0 ? moments[clock].values[count - 1] : 0),
    covers: (clock, time) => count === 0 || moments[clock].values[count - 1] >= time,
    contains,
    milliseconds,
  };
}

/** Index of the last of the first `count` values that is not after `time`, −1 where none is. */
export function lastNotAfter(values: ArrayLike<number>, count: number, time: number): number {
  let low = -1;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] <= time) low = middle;
    else high = middle;
  }
  return low;
}
