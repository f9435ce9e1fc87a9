// A force field that repeats part of its work on purpose: the planted slowdown by which a gate is tested. Forces and
// energies stay as they are, bit by bit; every call does the same number of extra pair evaluations, whose result goes nowhere.

import { MdbenchError } from '../errors.js';
import type { ForceField } from '../forcefield/index.js';
import { quantile } from '../stats/quantile.js';
import { now } from './clock.js';

export interface HandicappedForceField extends ForceField {
  /** Extra pair evaluations of each call; 0 before it is calibrated. */
  readonly evaluations: number;
  /** Calls that it still wants to time before it knows how many evaluations its share is. */
  readonly uncalibrated: number;
  /** Times the calls to come until it knows: first as they are, then with extra work. */
  calibrate(): void;
}

/** Calls of a round of calibration: as many as fit into the time (ms), between these numbers. */
const round = { time: 80, fewest: 4, most: 400 };
/** Rounds of calls with work. The median of what they say is kept: one disturbed round decides nothing. */
const workRounds = 5;
/** Quantile of times that is believed: interruptions, which are not of the call, are above it. */
const typical = 0.25;
type Call = Parameters<ForceField['compute']>;
type Stage = 'before' | 'calls' | 'work' | 'done';

/**
 * @param share of a force call that is added: 0.05 makes it 5 % slower
 * @param evaluations of an earlier calibration, to go on with
 * @throws MdbenchError `option-invalid`
 */
export function handicapForceField(inner: ForceField, share: number, evaluations = 0): HandicappedForceField {
  checkHandicap(share);
  const repeat = createPairWork();
  const times = new Float64Array(round.most);
  let stage: Stage = evaluations > 0 || share === 0 ? 'done' : 'before';
  let extra = evaluations;
  let evaluationTime = 0;
  let callTime = 0;
  let calls: number = round.fewest;
  let timed = 0;
  const candidates: number[] = [];

  function compute(...call: Call): void | Promise<void> {
    if (stage === 'calls' || stage === 'work') return computeTimed(call);
    const pending = inner.compute(...call);
    if (extra === 0) return pending;
    if (pending !== undefined) return pending.then(() => repeat(extra));
    repeat(extra);
  }

  function computeTimed(call: Call): void | Promise<void> {
    const begun = now();
    const pending = inner.compute(...call);
    if (pending !== undefined) return pending.then(() => finishTimed(begun));
    finishTimed(begun);
  }

  /** Alternate calls are timed whole with and without their work, where a clock between them would warm caches. */
  function finishTimed(begun: number): void {
    if (stage === 'work' && timed % 2 === 1) repeat(extra);
    times[timed++] = now() - begun;
    if (timed === calls) endRound();
  }

  function endRound(): void {
    const taken = times.subarray(0, timed);
    timed = 0;
    if (stage === 'calls' && callTime === 0) {
      callTime = quantile(taken, typical);
      calls = Math.round(Math.min(Math.max(round.time / callTime, round.fewest), round.most));
    } else if (stage === 'calls') {
      extra = evaluationsOf(share, quantile(taken, typical), evaluationTime);
      stage = 'work';
    } else {
      const plain = quantile(everySecond(taken, 0), typical);
      candidates.push(evaluationsOf(share, plain, evaluationTimeOf(taken, extra, evaluationTime)));
      extra = Math.round(quantile(candidates, 0.5));
      if (candidates.length === workRounds) stage = 'done';
    }
  }

  return {
    get description() {
      return inner.description;
    },
    neighbors: inner.neighbors,
    get evaluations() {
      return extra;
    },
    get uncalibrated() {
      return stage === 'calls' || stage === 'work' ? calls - timed : 0;
    },
    prepare: (system) => inner.prepare(system),
    calibrate() {
      if (stage !== 'before') return;
      evaluationTime = timeAlone(repeat);
      stage = 'calls';
    },
    compute,
    dispose: () => inner.dispose(),
  };
}

/** @throws MdbenchError `option-invalid` */
export function checkHandicap(share: number): void {
  if (share >= 0 && share <= 10) return;
  throw new MdbenchError(
    'option-invalid',
    `A handicap must be a share between 0 and 10 of the force call, such as 0.05 (received ${share}).`,
  );
}

/** How many pair evaluations are that share of a call. */
export function evaluationsOf(share: number, callTime: number, evaluationTime: number): number {
  return Math.max(Math.round((share * callTime) / evaluationTime), 1);
}

/**
 * ms of one evaluation behind a force call, from times of calls alternately without and with `extra` of them; not
 * believed beyond a factor of two from its time alone, as calls too few to tell would have it.
 */
function evaluationTimeOf(times: Float64Array, extra: number, alone: number): number {
  const difference = quantile(everySecond(times, 1), typical) - quantile(everySecond(times, 0), typical);
  return Math.min(Math.max(difference / extra, alone / 2), 2 * alone);
}

function everySecond(times: Float64Array, parity: number): Float64Array {
  return times.filter((_, k) => k % 2 === parity);
}

/** ms of one evaluation in a loop of nothing else; compiles it on the way. */
function timeAlone(repeat: (evaluations: number) => void): number {
  const evaluations = 5000;
  const times = Array.from({ length: 40 }, () => {
    const begun = now();
    repeat(evaluations);
    return now() - begun;
  });
  return quantile(times.slice(10), typical) / evaluations;
}

/** Lennard-Jones between one pair of argon atoms, each evaluation from the result of the one before. */
function createPairWork(): (evaluations: number) => void {
  const kept = new Float64Array(1);
  return (evaluations) => {
    let square = 14;
    let energy = 0;
    for (let k = 0; k < evaluations; k++) {
      const inverse = 11.56 / square;
      const sixth = inverse * inverse * inverse;
      const pairEnergy = 0.0416 * (sixth * sixth - sixth);
      energy += pairEnergy;
      square = 14 + 1e-3 * pairEnergy;
    }
    kept[0] = energy;
  };
}
