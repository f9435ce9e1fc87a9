// Quantiles with linear interpolation: type 7 of Hyndman & Fan, Am. Stat. 50, 361 (1996), numpy's default.

/** @param p in [0, 1]. NaN of nothing. */
export function quantile(values: ArrayLike<number>, p: number): number {
  return sortedQuantile(sorted(values), p);
}

/** A copy in ascending order. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return new Float64Array(values).sort();
}

/** @param ascending already in order */
export function sortedQuantile(ascending: Float64Array, p: number): number {
  if (ascending.length === 0) return Number.NaN;
  const position = Math.min(Math.max(p, 0), 1) * (ascending.length - 1);
  const below = Math.floor(position);
  const low = ascending[below];
  return below + 1 < ascending.length ? low + (position - below) * (ascending[below + 1] - low) : low;
}
