// CUDA on the timeline: a track for each stream of a device, one for each thread that called it, arrows between both.

import type { ActivityEvent, CallEvent, RangeEvent } from '../cuda/index.js';
import { nestedLanes, type Span } from './lanes.js';
import { flow, named, slice, type TraceEvent, type Track } from './trace-event.js';

/** What was kept of hook traces, in ms of CLOCK_MONOTONIC. */
export interface CudaEvents {
  readonly activities: readonly ActivityEvent[];
  readonly calls: readonly CallEvent[];
  readonly ranges: readonly RangeEvent[];
}

/** Of a call and what it launched: where they are drawn. */
type Places = Map<string, { readonly track: Track; readonly ts: number }>;

type HostEvent = Pick<CallEvent, 'pid' | 'thread' | 'name' | 'start' | 'end' | 'step'> & {
  readonly correlation: number | null;
};

/** Processes of the trace from this number on; those before are ours. */
const firstPid = 10;

export function* cudaSlices(events: CudaEvents, at: (monotonic: number) => number): Generator<TraceEvent> {
  const tracks = createTracks();
  const kernels: Places = new Map();
  const launches: Places = new Map();
  const streams = grouped(events.activities, ({ pid, device, stream, context }) => [
    `GPU ${device}, process ${pid}`,
    `stream ${stream}, context ${context}`,
  ]);
  for (const { names, items } of streams)
    yield* drawn(tracks, names, moved(items, at), kernels, ({ kind, correlation, step, bytes }) => ({
      kind,
      correlation,
      ...(step === null ? {} : { step }),
      ...(bytes === null ? {} : { bytes }),
    }));
  for (const { names, items } of grouped(hostEvents(events), ({ pid, thread }) => [
    `process ${pid}`,
    `thread ${thread}`,
  ]))
    yield* drawn(tracks, names, moved(items, at), launches, ({ step }) =>
      step === null ? undefined : { step },
    );
  yield* arrows(launches, kernels);
}

/** Slices of one stream or thread; `places` learns where the first of each correlation begins. */
function* drawn<
  E extends Span & { readonly pid: number; readonly name: string; readonly correlation: number | null },
>(
  tracks: (process: string) => Track,
  [process, thread]: Names,
  events: readonly E[],
  places: Places,
  argumentsOf: (event: E) => object | undefined,
): Generator<TraceEvent> {
  for (const [k, lane] of nestedLanes(events).entries()) {
    const track = tracks(process);
    yield* named(track, process, k === 0 ? thread : `${thread} (${k + 1})`);
    for (const event of lane) {
      const one = slice(track, event.name, event.start, event.end, argumentsOf(event));
      if (one === null) continue;
      yield one;
      const id = `${event.pid}:${event.correlation}`;
      if (event.correlation !== null && one.dur! > 0 && !places.has(id))
        places.set(id, { track, ts: one.ts! });
    }
  }
}

/** One arrow for each call that launched something, to the first that it launched. */
function* arrows(launches: Places, kernels: Places): Generator<TraceEvent> {
  let id = 0;
  for (const [key, from] of launches) {
    const to = kernels.get(key);
    if (to !== undefined && to.ts >= from.ts) yield* flow(++id, from, to);
  }
}

/** Calls and ranges of a thread stand on one track; marks are ranges of no length. */
function hostEvents({ calls, ranges }: CudaEvents): HostEvent[] {
  return [...ranges.map((range) => ({ ...range, correlation: null })), ...calls];
}

function moved<E extends Span>(events: readonly E[], at: (monotonic: number) => number): E[] {
  return events.map((event) => ({ ...event, start: at(event.start), end: at(event.end) }));
}

type Names = readonly [process: string, thread: string];

function grouped<E>(events: readonly E[], namesOf: (event: E) => Names): { names: Names; items: E[] }[] {
  const groups = new Map<string, { names: Names; items: E[] }>();
  for (const event of events) {
    const names = namesOf(event);
    const known = groups.get(names.join('/'));
    if (known === undefined) groups.set(names.join('/'), { names, items: [event] });
    else known.items.push(event);
  }
  return [...groups.values()];
}

/** A new track at each call. */
function createTracks(): (process: string) => Track {
  const pids = new Map<string, number>();
  let tid = 0;
  return (process) => {
    const pid = pids.get(process) ?? firstPid + pids.size;
    pids.set(process, pid);
    return { pid, tid: ++tid };
  };
}
