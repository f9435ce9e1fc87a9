// CUDA on the timeline: a track for each stream of a device, one for each thread that called it, arrows between both.

import type { ActivityEvent, CallEvent, RangeEvent } from '../cuda/index.js';
import { microseconds, named, slice, type TraceEvent, type Track } from './trace-event.js';

/** What was kept of hook traces, in ms of CLOCK_MONOTONIC. */
export interface CudaEvents {
  readonly activities: readonly ActivityEvent[];
  readonly calls: readonly CallEvent[];
  readonly ranges: readonly RangeEvent[];
}

interface Tracks {
  /** The track of something, and its names where it is new. */
  of(process: string, thread: string): { readonly track: Track; readonly names: readonly TraceEvent[] };
}

/** Processes of the trace from this number on; those before are ours. */
const firstPid = 10;

export function* cudaSlices(events: CudaEvents, at: (monotonic: number) => number): Generator<TraceEvent> {
  const tracks = createTracks();
  const arrows = launchesOf(events);
  const called = launchesOf(events);
  for (const { pid, device, stream, context, kind, correlation, ...activity } of inOrder(events.activities)) {
    const { track, names } = tracks.of(
      `GPU ${device}, process ${pid}`,
      `stream ${stream}, context ${context}`,
    );
    yield* names;
    const { name, step, bytes } = activity;
    const args = {
      kind,
      correlation,
      ...(step === null ? {} : { step }),
      ...(bytes === null ? {} : { bytes }),
    };
    const one = slice(track, name, at(activity.start), at(activity.end), args);
    if (!one) continue;
    yield one;
    const id = `${pid}:${correlation}`;
    if (arrows.delete(id))
      yield { ph: 'f', bp: 'e', id, name: 'launch', cat: 'launch', ...track, ts: one.ts! };
  }
  for (const { pid, thread, name, start, end, correlation, step } of nestedCalls(events)) {
    const { track, names } = tracks.of(`process ${pid}`, `thread ${thread}`);
    yield* names;
    const args = step === null ? undefined : { step };
    const one = slice(track, name, at(start), at(end), args);
    if (!one) continue;
    yield one;
    const id = `${pid}:${correlation}`;
    if (called.delete(id))
      yield { ph: 's', id, name: 'launch', cat: 'launch', ...track, ts: microseconds(at(start)) };
  }
}

/** Of the calls and activities that are both there: one arrow each, to the first activity. */
function launchesOf({ activities, calls }: CudaEvents): Set<string> {
  const active = new Set(activities.map(({ pid, correlation }) => `${pid}:${correlation}`));
  return new Set(calls.map(({ pid, correlation }) => `${pid}:${correlation}`).filter((id) => active.has(id)));
}

type HostEvent = Pick<CallEvent, 'pid' | 'thread' | 'name' | 'start' | 'end' | 'step'> & {
  readonly correlation: number | null;
};

/** Calls and ranges of a thread on one track, the outer before the inner; marks are ranges of no length. */
function nestedCalls({ calls, ranges }: CudaEvents): HostEvent[] {
  return inOrder<HostEvent>([...ranges.map((range) => ({ ...range, correlation: null })), ...calls]);
}

function inOrder<Event extends { readonly start: number; readonly end: number }>(
  events: readonly Event[],
): Event[] {
  return [...events].sort((a, b) => a.start - b.start || b.end - a.end);
}

function createTracks(): Tracks {
  const pids = new Map<string, number>();
  const tids = new Map<string, number>();
  return {
    of(process, thread) {
      const pid = pids.get(process) ?? firstPid + pids.size;
      pids.set(process, pid);
      const key = `${pid}/${thread}`;
      const known = tids.get(key);
      const tid = known ?? tids.size + 1;
      tids.set(key, tid);
      const track = { pid, tid };
      return { track, names: known === undefined ? named(track, process, thread) : [] };
    },
  };
}
