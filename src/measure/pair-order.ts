// Who runs when. A block is ABBA or BAAB, so that a linear drift of the machine cancels within it; the blocks of a pair
// alternate; the arm that begins a pair is drawn, and the pair after it begins with the other one.

import { createRandom } from '../random.js';
import type { ArmName } from '../result/index.js';

/** The arm that begins each pair; both begin equally often over any even number of pairs. */
export function firstArms(seed: number, pairs: number): ArmName[] {
  const random = createRandom(seed);
  const first: ArmName[] = [];
  while (first.length < pairs) {
    const drawn: ArmName = random.uniform() < 0.5 ? 'baseline' : 'candidate';
    first.push(drawn, otherArm(drawn));
  }
  return first.slice(0, pairs);
}

/** The four segments of a block, counted from 0 over the whole pair. */
export function blockOrder(first: ArmName, block: number): ArmName[] {
  const outer = block % 2 === 0 ? first : otherArm(first);
  const inner = otherArm(outer);
  return [outer, inner, inner, outer];
}

export function otherArm(arm: ArmName): ArmName {
  return arm === 'baseline' ? 'candidate' : 'baseline';
}
