// At which steps the neighbor list was rebuilt, read off the recorded list times.

import type { Samples } from '../../result/samples.js';

/**
 * The document counts rebuilds and keeps the list time of every step: the longest `rebuilds` list times are the rebuilds.
 * @returns measured steps (from 1) in order; empty where the times do not tell rebuilds from checks, or for more than 150
 */
export function rebuildSteps(samples: Samples): number[] {
  const times = samples.columns.listTime;
  const rebuilds = samples.trajectory.neighbors?.rebuilds ?? 0;
  if (rebuilds === 0 || rebuilds >= times.length / 2 || rebuilds > 150) return [];
  const order = Array.from(times.keys()).sort((a, b) => times[b] - times[a]);
  const shortestRebuild = times[order[rebuilds - 1]!]!;
  const longestCheck = times[order[rebuilds]!]!;
  if (!(shortestRebuild > 1.5 * longestCheck)) return [];
  return order
    .slice(0, rebuilds)
    .map((k) => k + 1)
    .sort((a, b) => a - b);
}
