// Effects of paired campaigns: log(candidate time / baseline time), so that blocks, pairs and campaigns are plain means
// (Kalibera & Jones, Rigorous benchmarking in reasonable time, ISMM 2013). Times in any unit.

import { mean } from './moments.js';
import { type Interval, tInterval } from './student.js';

type Arm = 'baseline' | 'candidate';

/**
 * Mean log time of the candidate's segments minus that of the baseline's, of every block in order of appearance; a
 * block that lacks an arm is left out. All three columns have one entry a segment.
 * @returns NaN or infinite where a time is not positive
 */
export function blockEffects(
  arms: readonly Arm[],
  blocks: readonly number[],
  values: readonly number[],
): number[] {
  const logs = new Map<number, Record<Arm, number[]>>();
  for (const [k, block] of blocks.entries()) {
    const both = logs.get(block) ?? { baseline: [], candidate: [] };
    both[arms[k]].push(Math.log(values[k]));
    logs.set(block, both);
  }
  return [...logs.values()]
    .filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0)
    .map(({ baseline, candidate }) => mean(candidate) - mean(baseline));
}

/** Mean of the block effects of one pair; blocks of different sessions are different ones. NaN without a whole block. */
export function pairEffect(
  arms: readonly Arm[],
  sessions: readonly number[],
  blocks: readonly number[],
  values: readonly number[],
): number {
  const width = Math.max(...blocks, 0) + 1;
  const named = blocks.map((block, k) => sessions[k] * width + block);
  return mean(blockEffects(arms, named, values));
}

/** candidate/baseline with its interval: the exponential of Student's t over independent effects. */
export function ratioInterval(effects: readonly number[], level = 0.95): Interval {
  const { value, low, high } = tInterval(effects, level);
  return { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high) };
}
