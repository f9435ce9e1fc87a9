// Where the mean of a series jumps: the partition of least squared error plus a penalty a segment, found exactly by
// optimal partitioning (Jackson et al., IEEE Signal Process. Lett. 12, 105 (2005)).

/**
 * First index of every segment after the first. O(n²): for some hundreds of values.
 * @param penalty cost of one more segment, in squared units of the series
 * @param shortest length of the shortest segment
 */
export function changePoints(series: ArrayLike<number>, penalty: number, shortest = 2): number[] {
  const cost = segmentCost(series);
  const n = series.length;
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(n + 1);
  best[0] = 0;
  for (let end = shortest; end <= n; end++) {
    for (let start = 0; start <= end - shortest; start++) {
      const total = best[start] + cost(start, end) + penalty;
      if (total < best[end]) {
        best[end] = total;
        previous[end] = start;
      }
    }
  }
  return traceBack(previous, n);
}

function traceBack(previous: Int32Array, n: number): number[] {
  const points: number[] = [];
  for (let end = previous[n]; end > 0; end = previous[end]) points.push(end);
  return points.reverse();
}

function segmentCost(series: ArrayLike<number>): (start: number, end: number) => number {
  const sums = new Float64Array(series.length + 1);
  const squares = new Float64Array(series.length + 1);
  const origin = series.length > 0 ? series[0] : 0;
  for (let i = 0; i < series.length; i++) {
    const value = series[i] - origin;
    sums[i + 1] = sums[i] + value;
    squares[i + 1] = squares[i] + value * value;
  }
  return (start, end) => {
    const sum = sums[end] - sums[start];
    return Math.max(squares[end] - squares[start] - (sum * sum) / (end - start), 0);
  };
}
