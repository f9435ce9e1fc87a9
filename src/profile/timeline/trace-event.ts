// One event of the Trace Event Format (Chrome, Perfetto): µs with three decimals, nested by containment on its track.

export interface TraceEvent {
  readonly ph: 'X' | 'i' | 'C' | 'M' | 's' | 'f';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly [key: string]: unknown;
}

/** Where events stand: a process of the trace and a track in it. */
export interface Track {
  readonly pid: number;
  readonly tid: number;
}

/** From ms to µs, rounded to ns: rounding keeps the order, so that what lies within another slice stays there. */
export function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1000;
}

/** Null where a moment is missing. */
export function slice(
  track: Track,
  name: string,
  begin: number,
  end: number,
  args?: object,
): TraceEvent | null {
  if (!(end >= begin)) return null;
  const ts = microseconds(begin);
  // Not rounded: the sum of both is the end to the last bit, where the next slice begins.
  const dur = microseconds(end) - ts;
  return { ph: 'X', name, ...track, ts, dur, ...(args ? { args } : {}) };
}

export function instant(track: Track, name: string, at: number): TraceEvent {
  return { ph: 'i', s: 't', name, ...track, ts: microseconds(at) };
}

/** An arrow between the slices that begin there. Perfetto takes numbers for `id` and leaves out arrows with others. */
export function flow(
  id: number,
  from: { readonly track: Track; readonly ts: number },
  to: { readonly track: Track; readonly ts: number },
): TraceEvent[] {
  const both = { id, name: 'launch', cat: 'launch' };
  return [
    { ph: 's', ...both, ...from.track, ts: from.ts },
    { ph: 'f', bp: 'e', ...both, ...to.track, ts: to.ts },
  ];
}

export function named(track: Track, process: string, thread: string | null): TraceEvent[] {
  const processName: TraceEvent = { ph: 'M', name: 'process_name', ...track, args: { name: process } };
  const order: TraceEvent = {
    ph: 'M',
    name: 'process_sort_index',
    ...track,
    args: { sort_index: track.pid },
  };
  if (thread === null) return [processName, order];
  return [
    processName,
    order,
    { ph: 'M', name: 'thread_name', ...track, args: { name: thread } },
    { ph: 'M', name: 'thread_sort_index', ...track, args: { sort_index: track.tid } },
  ];
}
