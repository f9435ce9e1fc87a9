// The steps that are dropped before anything is timed: until the last windows of step times improve no more. ms.

import { quantile } from '../stats/quantile.js';
import { now } from './clock.js';
import type { PairReply } from './pair-protocol.js';
import type { SegmentTrajectory } from './segment-trajectory.js';

type Warmed = Extract<PairReply, { type: 'warmed' }>;

const fewestSteps = 10;
/** Windows over the least time that is asked for. */
const windows = 8;
const tolerance = 0.02;

/**
 * Ends after ten steps and `least` ms as soon as the windows have settled, and after `most` ms in any case; a handicap
 * is calibrated afterwards, in further steps. Stops early where the trajectory fails.
 */
export async function warmUp(trajectory: SegmentTrajectory, least: number, most: number): Promise<Warmed> {
  const { recorder, forceField } = trajectory;
  const begun = now();
  const from = trajectory.steps;
  const medians: number[] = [];
  let steps = 1;
  const isWarm = () =>
    trajectory.steps - from >= fewestSteps && now() - begun >= least && hasSettled(medians);
  while (!trajectory.failure && !isWarm() && (medians.length === 0 || now() - begun < most)) {
    await trajectory.run(steps);
    medians.push(quantile(recorder.stepTimes, 0.5));
    steps = Math.max(Math.round(least / windows / medians[medians.length - 1]), 1);
  }
  forceField.calibrate();
  while (!trajectory.failure && forceField.uncalibrated > 0) await trajectory.run(forceField.uncalibrated);
  return {
    type: 'warmed',
    steps: trajectory.steps - from,
    elapsed: now() - begun,
    settled: hasSettled(medians),
    stepTime: quantile(recorder.stepTimes, 0.5),
  };
}

/** The last two windows are not faster than the two before them by more than the tolerance. */
export function hasSettled(medians: readonly number[]): boolean {
  if (medians.length < 4) return false;
  const [third, second, first, last] = medians.slice(-4);
  return Math.min(first, last) >= (1 - tolerance) * Math.min(third, second);
}
