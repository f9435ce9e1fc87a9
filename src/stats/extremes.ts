// Thins a series without losing its spikes: the smallest and largest sample of each bin, with where they are.

interface Bin {
  /** First sample of the bin, and the first after it. */
  readonly start: number;
  readonly end: number;
  /** Positions in the series; NaN samples are passed over, −1 where a bin holds nothing else. */
  readonly minIndex: number;
  readonly maxIndex: number;
  readonly min: number;
  readonly max: number;
}

/** At most `bins` bins of nearly equal length; a series shorter than that gets one bin a sample. */
export function extremesPerBin(series: ArrayLike<number>, bins: number): Bin[] {
  const count = Math.min(bins, series.length);
  return Array.from({ length: count }, (_, k) =>
    extremes(series, Math.floor((k * series.length) / count), Math.floor(((k + 1) * series.length) / count)),
  );
}

function extremes(series: ArrayLike<number>, start: number, end: number): Bin {
  let minIndex = -1;
  let maxIndex = -1;
  for (let i = start; i < end; i++) {
    if (Number.isNaN(series[i])) continue;
    if (minIndex < 0 || series[i] < series[minIndex]) minIndex = i;
    if (maxIndex < 0 || series[i] > series[maxIndex]) maxIndex = i;
  }
  return {
    start,
    end,
    minIndex,
    maxIndex,
    min: minIndex < 0 ? Number.NaN : series[minIndex],
    max: maxIndex < 0 ? Number.NaN : series[maxIndex],
  };
}
