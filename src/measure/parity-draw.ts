// A draw of force components for a parity chart: one at random from each of equal stretches of all components, seeded.

import { createRandom } from '../random.js';
import type { LabelledFrames } from '../result/index.js';

const most = 2000;

export interface ParityDraw {
  readonly parity: LabelledFrames['parity'];
  /** Takes what was drawn of frame `frame` (from 0). */
  add(frame: number, baseline: Float64Array, candidate: Float64Array): void;
}

/** @param components of one frame: 3n */
export function createParityDraw(frames: number, components: number, seed: number): ParityDraw {
  const random = createRandom(seed);
  const total = frames * components;
  const count = Math.min(most, total);
  const border = (k: number) => Math.ceil((k * total) / count);
  const drawn = Array.from(
    { length: count },
    (_, k) => border(k) + random.integer(border(k + 1) - border(k)),
  );
  const parity: LabelledFrames['parity'] = { baseline: [], candidate: [] };
  return {
    parity,
    add(frame, baseline, candidate) {
      const first = frame * components;
      for (const index of drawn) {
        if (index < first || index >= first + components) continue;
        parity.baseline.push(shortened(baseline[index - first]));
        parity.candidate.push(shortened(candidate[index - first]));
      }
    },
  };
}

/** µeV/Å are finer than any chart. */
function shortened(force: number): number {
  return Math.round(1e6 * force) / 1e6;
}
