// Whether a series rises or falls at all: Mann, Econometrica 13, 245 (1945); Kendall, Rank Correlation Methods (1975),
// with the corrections for ties and for continuity. For independent values: correlated ones look like trends.

import normalProbabilityBelow from '@stdlib/stats-base-dists-normal-cdf';

interface MannKendall {
  /** Rising pairs minus falling pairs. */
  readonly s: number;
  /** s over the number of pairs. */
  readonly tau: number;
  readonly z: number;
  /** Two-sided, of "no trend". */
  readonly p: number;
}

/** O(n²). p 1 for a constant or fewer than two values. */
export function mannKendall(series: ArrayLike<number>): MannKendall {
  const n = series.length;
  let s = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) s += Math.sign(series[j] - series[i]);
  }
  const variance = (n * (n - 1) * (2 * n + 5) - tiesTerm(series)) / 18;
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { s, tau: (2 * s) / (n * (n - 1)), z, p: 2 * normalProbabilityBelow(-Math.abs(z), 0, 1) };
}

/** Σ t(t − 1)(2t + 5) over groups of t equal values. */
function tiesTerm(series: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < series.length; i++) counts.set(series[i], (counts.get(series[i]) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0);
}
