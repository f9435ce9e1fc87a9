// The operators of a few profiled calls, one after another, for a timeline. ms on ONNX Runtime's own clock.

import type { OperatorEvent } from '../timeline/index.js';
import type { EventLog } from './event-log.js';

/** @param warmUp calls before those that count @param calls how many of these */
export function sampleCalls(log: EventLog, warmUp: number, calls: number): OperatorEvent[] {
  const runs = log.runs.slice(warmUp, warmUp + calls);
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return [];
  const sample: OperatorEvent[] = runs.map(({ begin, duration }) => ({
    name: 'model_run',
    operator: 'force call',
    provider: '',
    begin: begin / 1000,
    duration: duration / 1000,
    thread: log.thread[0] ?? 0,
  }));
  for (let k = 0; k < log.begin.length; k++) {
    const begin = log.begin[k]!;
    if (begin < first.begin || begin > last.begin + last.duration) continue;
    const { name, operator, provider } = log.kinds[log.kind[k]!]!;
    const duration = log.duration[k]! / 1000;
    sample.push({ name, operator, provider, begin: begin / 1000, duration, thread: log.thread[k]! });
  }
  return sample.sort((a, b) => a.begin - b.begin || b.duration - a.duration);
}
