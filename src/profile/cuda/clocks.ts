// Three clocks of a trace and the way between them: piecewise linear through the moments at which all were read. ns.

import { type Column, createColumn } from './column.js';

export type ClockName = 'monotonic' | 'realtime' | 'cupti';

export interface Clocks {
  readonly count: number;
  /** Of a clock record. */
  add(view: DataView, at: number): void;
  /** Eight bytes as ns since the first moment of that clock: exact in a double for a hundred days. */
  read(clock: ClockName, view: DataView, at: number): number;
  /** Before the first and after the last moment at the same rate; unchanged where there is no moment. */
  map(from: ClockName, to: ClockName, time: number): number;
  /** The last moment; −∞ where there is none. */
  last(clock: ClockName): number;
  /** True: a moment was read at or after `time`, or none ever was. */
  covers(clock: ClockName, time: number): boolean;
  /** Whether CUPTI's times lie between the first and the last moment, give or take what may be before and after them. */
  contains(first: number, last: number, before: number, after: number): boolean;
  /** ms of CLOCK_MONOTONIC. */
  milliseconds(from: ClockName, time: number): number;
}

type Origin = { readonly high: number; readonly low: number };

/** Moments of some clocks, side by side. */
type Moments = Record<ClockName, Column>;

export function createClocks(): Clocks {
  const origins: Record<ClockName, Origin | null> = { monotonic: null, realtime: null, cupti: null };
  /** All moments; and those at which CUPTI told its time too. */
  const system = createMoments();
  const device = createMoments();

  function read(clock: ClockName, view: DataView, at: number): number {
    const high = view.getUint32(at + 4, true);
    const low = view.getUint32(at, true);
    origins[clock] ??= (clock === 'monotonic' ? null : (origins.cupti ?? origins.realtime)) ?? { high, low };
    const origin = origins[clock];
    return (high - origin.high) * 0x100000000 + (low - origin.low);
  }

  function add(view: DataView, at: number): void {
    const told = view.getUint32(at + 24, true) !== 0 || view.getUint32(at + 28, true) !== 0;
    if (told) origins.cupti ??= originAt(view, at + 24);
    origins.realtime ??= originAt(view, at + 16);
    const monotonic = read('monotonic', view, at + 8);
    const realtime = read('realtime', view, at + 16);
    push(system, monotonic, realtime, read('cupti', view, at + 16));
    if (told) push(device, monotonic, realtime, read('cupti', view, at + 24));
  }

  /** Where CUPTI never told its time, it runs on CLOCK_REALTIME, as it says it does. */
  function momentsFor(...clocks: readonly ClockName[]): Moments {
    return device.cupti.count > 0 && clocks.includes('cupti') ? device : system;
  }

  function map(from: ClockName, to: ClockName, time: number): number {
    const { [from]: source, [to]: target } = momentsFor(from, to);
    const { count } = source;
    if (count === 0) return time;
    const k = lastNotAfter(source.values, count, time);
    if (k < 0) return target.values[0] + (time - source.values[0]);
    const width = k + 1 < count ? source.values[k + 1] - source.values[k] : 0;
    const rate = width > 0 ? (target.values[k + 1] - target.values[k]) / width : 1;
    return target.values[k] + (time - source.values[k]) * rate;
  }

  function contains(first: number, last: number, before: number, after: number): boolean {
    const { values, count } = momentsFor('cupti').cupti;
    return count === 0 || (first >= values[0] - before && last <= values[count - 1] + after);
  }

  function last(clock: ClockName): number {
    const { values, count } = momentsFor(clock)[clock];
    return count === 0 ? Number.NEGATIVE_INFINITY : values[count - 1];
  }

  function milliseconds(from: ClockName, time: number): number {
    const origin = origins.monotonic ?? { high: 0, low: 0 };
    return (origin.high * 0x100000000 + origin.low + map(from, 'monotonic', time)) / 1e6;
  }

  return {
    get count() {
      return system.monotonic.count;
    },
    add,
    read,
    map,
    last,
    covers: (clock, time) => system.monotonic.count === 0 || last(clock) >= time,
    contains,
    milliseconds,
  };
}

function originAt(view: DataView, at: number): Origin {
  return { high: view.getUint32(at + 4, true), low: view.getUint32(at, true) };
}

function createMoments(): Moments {
  return { monotonic: createColumn(), realtime: createColumn(), cupti: createColumn() };
}

function push(moments: Moments, monotonic: number, realtime: number, cupti: number): void {
  moments.monotonic.push(monotonic);
  moments.realtime.push(realtime);
  moments.cupti.push(cupti);
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
