// Records of activity, calls, identifiers and ranges of one traced process, each read once and handed on.

import { type AttributionMethod, createAttribution, type Placement } from './attribution.js';
import { createClocks } from './clocks.js';
import { createWaiting, type Waiting, waitingKinds } from './pending.js';
import { type ClosedRange, createRanges } from './ranges.js';
import { addLaunch, type Row } from './tables.js';
import { createTotals } from './totals.js';
import { ownExternalKind, readUint64 } from './trace-format.js';
import { createWindowedRanges, type StepWindows } from './windows.js';

export interface IntakeOptions {
  /** The number that the name of a range gives to a step: 0 for a step without, NaN for no step. */
  readonly stepOf: (name: number) => number;
  readonly anyThread: boolean;
  /** Null: what the process marks itself tells its steps. */
  readonly windows: StepWindows | null;
  /** After something was counted; `row` null of a range. */
  readonly told: (waiting: Waiting, row: Row | null, step: number) => void;
  readonly most: number;
}

export function createIntake({ stepOf, anyThread, windows, told, most }: IntakeOptions) {
  const clocks = createClocks();
  const totals = createTotals();
  const milliseconds = (time: number) => clocks.milliseconds('realtime', time);
  const ranges = windows
    ? createWindowedRanges({ windows, milliseconds, anyThread, closed: waitForRange })
    : createRanges({ stepOf, anyThread, closed: waitForRange });
  const identified = totals.takeBack;
  const attribution = createAttribution({ clocks, ranges, windows, placed, identified, most });
  const exactSteps = new Set<number>();
  /** Records of CUPTI's, those among them that made no sense, and calls. */
  const seen = { records: 0, implausible: 0, calls: 0 };
  const span = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  const item = createWaiting();

  function kernel(view: DataView, at: number): void {
    if (!readTimes(view, at)) return;
    readPlace(view, at + 24);
    item.kind = waitingKinds.activity;
    item.bytes = 0;
    item.graph = view.getUint32(at + 88, true) === 0 ? 0 : 1;
    addLaunch(totals.add(item, 'kernel', view.getUint32(at + 76, true)).launches, view, at);
    attribution.wait(item);
  }

  function copy(view: DataView, at: number, kind: 'copy' | 'memset'): void {
    if (!readTimes(view, at)) return;
    readPlace(view, at + 32);
    item.kind = waitingKinds.activity;
    item.bytes = readUint64(view, at + 24);
    item.graph = 0;
    totals.add(item, kind, kind === 'memset' ? 0 : view.getUint32(at + 48, true));
    attribution.wait(item);
  }

  function readTimes(view: DataView, at: number): boolean {
    seen.records++;
    item.start = clocks.read('cupti', view, at + 8);
    item.end = clocks.read('cupti', view, at + 16);
    if (item.end < item.start) {
      seen.implausible++;
      return false;
    }
    span.first = Math.min(span.first, item.start);
    span.last = Math.max(span.last, item.end);
    return true;
  }

  function readPlace(view: DataView, at: number): void {
    item.device = view.getUint32(at, true);
    item.context = view.getUint32(at + 4, true);
    item.stream = view.getUint32(at + 8, true);
    item.correlation = view.getUint32(at + 12, true);
  }

  function call(view: DataView, at: number): void {
    seen.calls++;
    if (!readTimes(view, at)) return;
    item.kind = waitingKinds.call;
    item.thread = view.getUint32(at + 32, true);
    item.correlation = view.getUint32(at + 36, true);
    totals.add(item, 'call', view.getUint32(at + 28, true), view.getUint32(at + 24, true));
    attribution.setCall(item.correlation, item.start, item.end, item.thread);
    attribution.wait(item);
  }

  function external(view: DataView, at: number): void {
    seen.records++;
    if (view.getUint32(at + 16, true) !== ownExternalKind) return;
    const step = readUint64(view, at + 8);
    exactSteps.add(step);
    attribution.setStep(view.getUint32(at + 20, true), step);
  }

  function range(view: DataView, at: number): void {
    const time = clocks.read('realtime', view, at + 8);
    const action = view.getUint32(at + 24, true);
    const thread = view.getUint32(at + 28, true);
    const name = view.getUint32(at + 32, true);
    ranges.record(action, time, thread, name, view.getBigUint64(at + 16, true));
  }

  function waitForRange({ name, start, end, thread, position, phase, mark }: ClosedRange): void {
    item.kind = waitingKinds.range;
    item.row = name;
    item.start = start;
    item.end = end;
    item.thread = thread;
    item.correlation = 0;
    item.step = position.step;
    item.phase = phase ? 1 : 0;
    item.bytes = mark ? 1 : 0;
    attribution.wait(item);
  }

  function placed(waiting: Waiting, placement: Placement): void {
    totals.place(waiting, placement, attribution.exact);
    const isRange = waiting.kind === waitingKinds.range;
    told(waiting, isRange ? null : totals.rows[waiting.row], isRange ? waiting.step : placement.step);
  }

  function clock(view: DataView, at: number): void {
    clocks.add(view, at);
    attribution.flushed();
  }

  /** @returns how the steps were told apart, and how many there were. A program without any CUDA may mark steps too. */
  function finish(): { method: AttributionMethod; steps: number } {
    ranges.closeAll(clocks.last('realtime'));
    attribution.finish();
    if (attribution.exact) return { method: 'external-correlation', steps: exactSteps.size };
    if (windows && clocks.count > 0) return { method: 'force-call', steps: windows.begins.length };
    const marked = ranges.any && (seen.calls > 0 || seen.records === 0);
    return marked ? { method: 'nvtx', steps: ranges.steps } : { method: null, steps: 0 };
  }

  return { clocks, totals, seen, span, kernel, copy, call, external, range, clock, finish };
}
