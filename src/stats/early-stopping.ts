// Samples that a percentile needs, after MLPerf LoadGen's early stopping: 99 % sure with one sample beyond it.

/**
 * The smallest number of independent samples of which, with a probability of 99 %, at least two lie beyond the
 * percentile: 64 for 0.9, 662 for 0.99, 6 636 for 0.999.
 * @param percentile in (0, 1), as a fraction
 */
export function earlyStoppingSamples(percentile: number): number {
  let n = 2;
  while (tooFewBeyond(n, percentile)) n++;
  return n;
}

function tooFewBeyond(n: number, percentile: number): boolean {
  return percentile ** n + n * (1 - percentile) * percentile ** (n - 1) > 0.01;
}
