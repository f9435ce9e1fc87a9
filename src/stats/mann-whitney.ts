// Whether one of two samples tends to be larger: Mann & Whitney, Ann. Math. Stat. 18, 50 (1947), by the normal
// approximation with the corrections for ties and for continuity.

import normalProbabilityBelow from '@stdlib/stats-base-dists-normal-cdf';
import { ranks } from './ranks.js';

interface MannWhitney {
  /** Pairs in which the first is larger, ties by half. */
  readonly u: number;
  /** Two-sided, of "neither is larger". */
  readonly p: number;
  /** One-sided: small where the first is larger. */
  readonly pLarger: number;
}

/** NaN where a sample is empty; p 1 where all values are equal. For samples of at least about eight each. */
export function mannWhitney(first: ArrayLike<number>, second: ArrayLike<number>): MannWhitney {
  const n = first.length;
  const m = second.length;
  const both = Float64Array.from({ length: n + m }, (_, i) => (i < n ? first[i] : second[i - n]));
  const { rank, ties } = ranks(both);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += rank[i];
  const u = sum - (n * (n + 1)) / 2;
  const center = (n * m) / 2;
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  const tail = (excess: number) => above((excess - 0.5) / Math.sqrt(variance));
  if (variance === 0) return { u, p: 1, pLarger: 1 };
  return { u, p: Math.min(2 * tail(Math.abs(u - center)), 1), pLarger: tail(u - center) };
}

function above(z: number): number {
  return normalProbabilityBelow(-z, 0, 1);
}
