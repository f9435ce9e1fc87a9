// Operators of ONNX Runtime on the timeline: a process of their own, because they come from a pass of their own.

import { nestedLanes } from './lanes.js';
import { named, slice, type TraceEvent } from './trace-event.js';

/** ms on ONNX Runtime's own clock. */
export interface OperatorEvent {
  readonly name: string;
  readonly operator: string;
  readonly provider: string;
  readonly begin: number;
  readonly duration: number;
  readonly thread: number;
}

const pid = 2;
/** ms: its times are whole µs, so that an operator may seem to end after the call that it is part of. */
const resolution = 1e-3;

/** @param start where on the timeline the first of them stands, ms */
export function* operatorSlices(events: readonly OperatorEvent[], start: number): Generator<TraceEvent> {
  if (events.length === 0) return;
  const first = events.reduce((least, { begin }) => Math.min(least, begin), Number.POSITIVE_INFINITY);
  const threads = new Set(events.map(({ thread }) => thread));
  let tid = 0;
  for (const thread of threads) {
    const placed = events
      .filter((event) => event.thread === thread)
      .map((event) => ({ ...event, start: start + event.begin - first }))
      .map((event) => ({ ...event, end: event.start + event.duration }));
    for (const [k, lane] of nestedLanes(placed, resolution).entries()) {
      const track = { pid, tid: ++tid };
      const name = `thread ${thread}`;
      yield* named(track, 'ONNX Runtime, in a pass of its own', k === 0 ? name : `${name} (${k + 1})`);
      for (const { name: node, operator, provider, ...span } of lane)
        yield slice(track, operator, span.start, span.end, { node, provider })!;
    }
  }
}
