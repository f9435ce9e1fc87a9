// Which step each activity belongs to: by the external identifiers of its correlation number, else by the API call that
// launched it, where that was made inside a range named as a step or a force call. Device times decide nothing.

import type { CudaProcess } from '../../result/cuda-profile.js';
import type { Clocks } from './clocks.js';
import { type Correlations, createCorrelations, type Launch } from './correlations.js';
import { createPending, type Waiting, waitingKinds } from './pending.js';
import type { Located, Ranges } from './ranges.js';
import { type StepWindows, stepWithin } from './windows.js';

/** Where something was launched. `step` NaN: in none. `launch` is only good until the call returns. */
export interface Placement {
  readonly step: number;
  readonly phases: readonly number[];
  readonly launch: Launch;
  /** Its API call is known; that call's thread marks steps. */
  readonly called: boolean;
  readonly marked: boolean;
}

export interface AttributionOptions {
  readonly clocks: Clocks;
  readonly ranges: Ranges;
  /** Where they are known they alone tell the step; ranges tell its phases. */
  readonly windows: StepWindows | null;
  readonly placed: (waiting: Waiting, placement: Placement) => void;
  /** Called when the first identifier comes: what was placed by ranges until then is taken back. */
  readonly identified: () => void;
  /** Things that wait, and correlation numbers of a generation, at most. */
  readonly most: number;
}

/** Null: nothing told steps in a way that activity could be joined with. */
export type AttributionMethod = Exclude<CudaProcess['attribution'], 'average' | 'none'> | null;

export interface Attribution {
  /** True: identifiers of ours were seen. */
  readonly exact: boolean;
  wait(waiting: Waiting): void;
  setStep(correlation: number, step: number): void;
  setCall(correlation: number, start: number, end: number, thread: number): void;
  /** After everything that CUPTI had completed was written down. */
  flushed(): void;
  finish(): void;
}

const unplaced: Located = { step: Number.NaN, phases: [], marked: false };
/** Flushes after which the identifier of a call that is known would have come. */
const patience = 2;

export function createAttribution(options: AttributionOptions): Attribution {
  const { clocks, ranges, windows, most } = options;
  const pending = createPending();
  const correlations: Correlations = createCorrelations(most);
  const launch: Launch = { step: Number.NaN, start: Number.NaN, end: Number.NaN, thread: 0, leaving: false };
  let exact = false;
  let round = 0;
  let stuck = 0;

  function wait(waiting: Waiting): void {
    waiting.round = round;
    pending.push(waiting);
    if (pending.count >= most) settle(most >> 1, false);
  }

  function setStep(correlation: number, step: number): void {
    if (!exact) options.identified();
    exact = true;
    if (correlation === 0) return;
    makeRoom();
    correlations.setStep(correlation, step);
  }

  function setCall(correlation: number, start: number, end: number, thread: number): void {
    if (correlation === 0) return;
    makeRoom();
    correlations.setCall(correlation, start, end, thread);
  }

  function makeRoom(): void {
    if (!correlations.full) return;
    settle(0, true);
    correlations.rotate();
  }

  function flushed(): void {
    round++;
    if (pending.count > stuck + Math.max(256, stuck >> 3)) settle(0, false);
  }

  /** Places what can be placed, and in any case the first `forced` and what would lose its launch. */
  function settle(forced: number, leaving: boolean): void {
    pending.settle((waiting, k) => {
      const known = correlations.find(waiting.correlation, launch);
      const now = k < forced || (leaving && known && launch.leaving);
      if (!now && mustWait(waiting)) return false;
      place(waiting);
      return true;
    });
    stuck = pending.count;
  }

  function mustWait({ kind, end, round: came }: Waiting): boolean {
    if (!clocks.covers(kind === waitingKinds.range ? 'realtime' : 'cupti', end)) return true;
    if (kind === waitingKinds.range) return false;
    if (exact) return Number.isNaN(launch.step);
    return round - came < patience || (kind !== waitingKinds.call && Number.isNaN(launch.start));
  }

  function place(waiting: Waiting): void {
    const { kind } = waiting;
    const isCall = kind === waitingKinds.call;
    const called = isCall || !Number.isNaN(launch.start);
    const located = called && kind !== waitingKinds.range ? locate(isCall ? waiting : launch) : unplaced;
    const step = exact ? launch.step : located.step;
    options.placed(waiting, { step, phases: located.phases, launch, called, marked: located.marked });
  }

  function locate({ thread, start, end }: { thread: number; start: number; end: number }): Located {
    if (!ranges.any && windows === null) return unplaced;
    const located = ranges.locate(
      thread,
      clocks.map('cupti', 'realtime', start),
      clocks.map('cupti', 'realtime', end),
    );
    if (windows === null) return located;
    const begun = clocks.milliseconds('cupti', start);
    const step = stepWithin(windows, begun, clocks.milliseconds('cupti', end));
    return { step, phases: located.step === step ? located.phases : [], marked: true };
  }

  return {
    get exact() {
      return exact;
    },
    wait,
    setStep,
    setCall,
    flushed,
    finish: () => settle(pending.count, false),
  };
}
