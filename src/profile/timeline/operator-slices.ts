// Operators of ONNX Runtime on the timeline: a process of their own, because they come from a pass of their own.

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

/** @param start where on the timeline the first of them stands, ms */
export function* operatorSlices(events: readonly OperatorEvent[], start: number): Generator<TraceEvent> {
  if (events.length === 0) return;
  const first = events.reduce((least, { begin }) => Math.min(least, begin), Number.POSITIVE_INFINITY);
  const threads = new Map<number, number>();
  for (const { thread } of events) if (!threads.has(thread)) threads.set(thread, threads.size + 1);
  const title = 'ONNX Runtime, in a pass of its own';
  for (const [thread, tid] of threads) yield* named({ pid, tid }, title, `thread ${thread}`);
  for (const { name, operator, provider, begin, duration, thread } of events) {
    const from = start + begin - first;
    const args = { node: name, provider };
    const event = slice({ pid, tid: threads.get(thread)! }, operator, from, from + duration, args);
    if (event) yield event;
  }
}
