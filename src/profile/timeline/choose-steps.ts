// Which steps of a long pass stand in its timeline: the first ones, and those around its longest.

import type { PassRecording } from '../recording.js';

/** Share of the limit that is kept for what surrounds the longest steps, and steps on either side of one. */
const spikeShare = 0.2;
const around = 5;

/** @returns 1 for each step that is drawn, at most `limit` of them */
export function chooseSteps({ steps, marks }: PassRecording, limit: number): Uint8Array {
  const chosen = new Uint8Array(steps);
  if (steps <= limit) return chosen.fill(1);
  let left = limit;
  const choose = (k: number) => {
    if (k < 0 || k >= steps || chosen[k] === 1 || left === 0) return;
    chosen[k] = 1;
    left--;
  };
  for (let k = 0; k < Math.ceil((1 - spikeShare) * limit); k++) choose(k);
  const times = marks.end.map((time, k) => time - marks.begin[k]!);
  const longest = Uint32Array.from(times, (_, k) => k).sort((a, b) => times[b]! - times[a]!);
  for (const k of longest) {
    if (left === 0) break;
    for (let near = k - around; near <= k + around; near++) choose(near);
  }
  return chosen;
}
