// Tells a timeline of single activities, calls and ranges, once their step is known.

import type { ClockName } from './clocks.js';
import type { TraceSink } from './events.js';
import type { Waiting } from './pending.js';
import type { Row } from './tables.js';

export interface TellerNames {
  readonly pid: () => number;
  readonly rowName: (row: Row) => string;
  readonly rangeName: (id: number) => string;
  /** Of CLOCK_MONOTONIC. */
  readonly milliseconds: (clock: ClockName, time: number) => number;
}

/** @returns what is called for each thing; `row` null of a range, `step` NaN in none */
export function createTeller(
  sink: TraceSink,
  { pid, rowName, rangeName, milliseconds }: TellerNames,
): (waiting: Waiting, row: Row | null, step: number) => void {
  return (waiting, row, step) => {
    if (row === null) tellRange(waiting, step);
    else if (row.kind === 'call') tellCall(waiting, row, step);
    else tellActivity(waiting, row, row.kind, step);
  };

  function tellRange(waiting: Waiting, step: number): void {
    sink.onRange?.({
      pid: pid(),
      name: rangeName(waiting.row),
      thread: waiting.thread,
      start: milliseconds('realtime', waiting.start),
      end: milliseconds('realtime', waiting.end),
      step: numberOf(step),
      mark: waiting.bytes === 1,
    });
  }

  function tellCall({ start, end, thread, correlation }: Waiting, row: Row, step: number): void {
    sink.onApi?.({
      pid: pid(),
      name: rowName(row),
      thread,
      start: milliseconds('cupti', start),
      end: milliseconds('cupti', end),
      correlation,
      step: numberOf(step),
    });
  }

  function tellActivity(waiting: Waiting, row: Row, kind: 'kernel' | 'copy' | 'memset', step: number): void {
    const { device, context, stream, correlation } = waiting;
    sink.onActivity?.({
      pid: pid(),
      kind,
      name: rowName(row),
      device,
      context,
      stream,
      start: milliseconds('cupti', waiting.start),
      end: milliseconds('cupti', waiting.end),
      correlation,
      step: numberOf(step),
      bytes: kind === 'kernel' ? null : waiting.bytes,
    });
  }
}

function numberOf(step: number): number | null {
  return Number.isNaN(step) ? null : step;
}
