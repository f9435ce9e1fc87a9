// How many steps a segment has: the same in all pairs of a campaign, so that all medians are of equally many.

import { type ArmName, armNames } from '../result/index.js';

/** ms */
export const defaultSegment = 100;
const fewestSteps = 5;

/** @param stepTime ms @param length ms that the segment lasts at least */
export function segmentSteps(stepTime: number, length: number): number {
  return Math.max(fewestSteps, Math.ceil(length / stepTime));
}

/** Of the segment that is dropped after a fresh session: its first steps are cold. */
export function droppedSteps(steps: number): number {
  return Math.ceil(steps / 4);
}

/** ms of one segment of each arm. */
export function segmentsLength(
  steps: Readonly<Record<ArmName, number>>,
  stepTimes: Readonly<Record<ArmName, number>>,
): number {
  return armNames.reduce((sum, arm) => sum + steps[arm] * stepTimes[arm], 0);
}
