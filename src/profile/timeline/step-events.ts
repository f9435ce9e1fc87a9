// A profiling pass on the timeline: steps with their phases, collections, rebuilds, checkpoints, the time of each step.

import { collectionFinder } from '../parts.js';
import type { MarkName, PassRecording } from '../recording.js';
import { instant, microseconds, named, slice, type TraceEvent, type Track } from './trace-event.js';

const pid = 1;
const steps: Track = { pid, tid: 1 };
const collections: Track = { pid, tid: 2 };

/** @param at from ms of the marks to ms of the timeline @param chosen 1 for each step that is drawn */
export function* stepEvents(
  recording: PassRecording,
  chosen: Uint8Array,
  at: (mark: number) => number,
  title: string,
): Generator<TraceEvent> {
  yield* named(steps, title, 'steps');
  yield* named(collections, title, 'garbage collection');
  const collected = collectionFinder(recording.collections);
  const { begin, end } = recording.marks;
  let before = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < recording.steps; k++) {
    if (chosen[k] !== 1) continue;
    yield* oneStep(recording, k, at);
    const from = k > 0 && chosen[k - 1] === 1 ? end[k - 1]! : begin[k]!;
    for (const one of collected(Math.max(from, before), end[k]!)) {
      if (one.begin <= before) continue;
      before = one.begin;
      yield slice(collections, `${one.kind} collection`, at(one.begin), at(one.begin + one.duration))!;
    }
  }
}

function* oneStep(recording: PassRecording, k: number, at: (mark: number) => number): Generator<TraceEvent> {
  const moment = (name: MarkName) => at(recording.marks[name][k]!);
  const part = (name: string, from: MarkName, to: MarkName) => slice(steps, name, moment(from), moment(to));
  const switches = recording.switches[k]!;
  const args = { step: k + 1, ...(switches > 0 ? { 'context switches': switches } : {}) };
  const whole = slice(steps, 'step', moment('begin'), moment('end'), args);
  const parts = [
    whole,
    part('kick and drift', 'begin', 'listBegin'),
    part('neighbor list', 'listBegin', 'listEnd'),
    part('force call', 'callBegin', 'callEnd'),
    part('feeds', 'callBegin', 'feedsEnd'),
    part('run', 'feedsEnd', 'runEnd'),
    part('outputs', 'runEnd', 'callEnd'),
    part('closing kick', 'callEnd', 'integrated'),
    part('books', 'integrated', 'end'),
  ];
  for (const event of parts) if (event) yield event;
  if (recording.rebuilt[k] === 1) yield instant(steps, 'list rebuilt', moment('listEnd'));
  if (recording.checkpointed[k] === 1) yield instant(steps, 'memory looked at before', moment('begin'));
  const time = recording.marks.end[k]! - recording.marks.begin[k]!;
  yield { ph: 'C', name: 'step time', pid, tid: 0, ts: microseconds(moment('begin')), args: { ms: time } };
}
