// The recorder of paired campaigns: the regions of recorder.ts, of one segment at a time, without its trajectory. ms.
// Arrays grow between segments only; marks live in an array, because a number in a closure would be boxed at each step.

import type { StepObserver } from '../dynamics/index.js';
import { quantile } from '../stats/quantile.js';
import { now } from './clock.js';
import type { PairReply } from './pair-protocol.js';

type Segment = Extract<PairReply, { type: 'segment' }>;

export interface SegmentRecorder extends StepObserver {
  /** Forgets the segment before and makes room for this many steps. */
  reset(steps: number): void;
  /** Steps since the last reset. */
  readonly steps: number;
  /** Whole steps and force calls since the last reset, in order. */
  readonly stepTimes: Float64Array;
  readonly forceCallTimes: Float64Array;
  /** What a segment reply says of them. */
  summary(): Omit<Segment, 'type'>;
}

const [first, begun, listBegun, listTook, forcesBegun, forcesEnded, ended] = [0, 1, 2, 3, 4, 5, 6];
const [neighbors, integrate] = [7, 8];
const parts = 5;

export function createSegmentRecorder(afterStep: StepObserver['afterStep']): SegmentRecorder {
  const marks = new Float64Array(9);
  let stepTime = new Float64Array(0);
  let forceCallTime = new Float64Array(0);
  let recorded = 0;

  return {
    get steps() {
      return recorded;
    },
    get stepTimes() {
      return stepTime.subarray(0, recorded);
    },
    get forceCallTimes() {
      return forceCallTime.subarray(0, recorded);
    },
    reset(steps) {
      if (stepTime.length < steps) {
        stepTime = new Float64Array(steps);
        forceCallTime = new Float64Array(steps);
      }
      stepTime.fill(Number.NaN);
      forceCallTime.fill(Number.NaN);
      marks.fill(0);
      recorded = 0;
    },
    stepBegin() {
      marks[listTook] = 0;
      marks[begun] = now();
      if (recorded === 0) marks[first] = marks[begun];
    },
    neighborsBegin() {
      marks[listBegun] = now();
    },
    neighborsEnd() {
      marks[listTook] = now() - marks[listBegun];
    },
    forcesBegin() {
      marks[forcesBegun] = now();
    },
    forcesEnd() {
      marks[forcesEnded] = now();
    },
    stepEnd() {
      const integrated = now();
      const beforeForces = marks[forcesBegun] - marks[begun] - marks[listTook];
      marks[integrate] += beforeForces + (integrated - marks[forcesEnded]);
      marks[neighbors] += marks[listTook];
      forceCallTime[recorded] = marks[forcesEnded] - marks[forcesBegun];
      marks[ended] = now();
      stepTime[recorded] = marks[ended] - marks[begun];
      recorded++;
    },
    afterStep,
    summary() {
      const steps = stepTime.subarray(0, recorded);
      const calls = forceCallTime.subarray(0, recorded);
      const [total, forces] = [sumOf(steps), sumOf(calls)];
      const rest = total - forces - marks[neighbors] - marks[integrate];
      return {
        steps: recorded,
        elapsed: marks[ended] - marks[first],
        metrics: {
          'step-time-p50': quantile(steps, 0.5),
          'force-call-p50': quantile(calls, 0.5),
          'step-time-mean': total / recorded,
        },
        phases: {
          forces,
          neighbors: marks[neighbors],
          integrate: marks[integrate],
          other: Math.max(rest, 0),
        },
        parts: partMedians(steps),
      };
    },
  };
}

/** Fewer steps than parts: neighboring parts share a step. */
function partMedians(steps: Float64Array): number[] {
  return Array.from({ length: parts }, (_, k) => {
    const from = Math.floor((k * steps.length) / parts);
    const to = Math.max(Math.floor(((k + 1) * steps.length) / parts), from + 1);
    return quantile(steps.subarray(from, to), 0.5);
  });
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
