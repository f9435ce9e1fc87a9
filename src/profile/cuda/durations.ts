// The distribution of a stream of durations (ns) in little memory: moments exact, the median exact up to a million values.
// Values are kept as Float32: whole ns to 16.8 ms, beyond that within 6e-8, which is finer than any device clock.

import { quantile } from '../../stats/index.js';

export interface Durations {
  count: number;
  total: number;
  mean: number;
  /** Sum of squared differences from the mean (Welford). */
  squares: number;
  min: number;
  max: number;
  kept: Float32Array;
  /** Counts by the first ten bits of the mantissa, from the value after `mostKept` on; the median is then within 0.05 %. */
  bins: Float64Array | null;
}

/** ms; the record that a profile has of it. */
export interface DurationStatistics {
  total: number;
  mean: number;
  median: number;
  min: number;
  max: number;
  sd: number | null;
}

export const mostKept = 1 << 20;
const binShift = 13;
const binCount = 1 << (31 - binShift);
const bits = new DataView(new ArrayBuffer(4));

export function createDurations(): Durations {
  return {
    count: 0,
    total: 0,
    mean: 0,
    squares: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    kept: new Float32Array(16),
    bins: null,
  };
}

/** @param value ns, not negative */
export function addDuration(durations: Durations, value: number): void {
  const count = durations.count++;
  const difference = value - durations.mean;
  durations.total += value;
  durations.mean += difference / (count + 1);
  durations.squares += difference * (value - durations.mean);
  if (value < durations.min) durations.min = value;
  if (value > durations.max) durations.max = value;
  if (count >= mostKept) addToBins(durations, value, 1);
  else keep(durations, value, count);
}

function keep(durations: Durations, value: number, at: number): void {
  if (at === durations.kept.length) {
    const wider = new Float32Array(2 * at);
    wider.set(durations.kept);
    durations.kept = wider;
  }
  durations.kept[at] = value;
}

function addToBins(durations: Durations, value: number, times: number): void {
  if (durations.bins === null) {
    const bins = new Float64Array(binCount);
    for (const kept of keptOf(durations)) bins[binOf(kept)]++;
    durations.bins = bins;
    durations.kept = new Float32Array(0);
  }
  durations.bins[binOf(value)] += times;
}

function keptOf({ kept, count, bins }: Durations): Float32Array {
  return bins === null ? kept.subarray(0, Math.min(count, mostKept)) : kept;
}

function binOf(value: number): number {
  bits.setFloat32(0, value);
  return bits.getUint32(0) >>> binShift;
}

/** As if all values had come in one stream. */
export function mergeDurations(parts: readonly Durations[]): Durations {
  const filled = parts.filter(({ count }) => count > 0);
  if (filled.length === 1) return filled[0];
  const merged = createDurations();
  for (const part of filled.filter(({ bins }) => bins === null)) {
    for (const value of keptOf(part)) addDuration(merged, value);
  }
  for (const part of filled.filter(({ bins }) => bins !== null)) addBinned(merged, part);
  merged.total = filled.reduce((sum, { total }) => sum + total, 0);
  merged.min = Math.min(...filled.map(({ min }) => min));
  merged.max = Math.max(...filled.map(({ max }) => max));
  return merged;
}

function addBinned(merged: Durations, part: Durations): void {
  const count = merged.count + part.count;
  const difference = part.mean - merged.mean;
  part.bins?.forEach((times, bin) => {
    if (times > 0) addToBins(merged, middleOf(bin), times);
  });
  merged.squares += part.squares + (difference * difference * merged.count * part.count) / count;
  merged.mean += (difference * part.count) / count;
  merged.count = count;
}

function middleOf(bin: number): number {
  if (bin === 0) return 0;
  bits.setUint32(0, ((bin << binShift) | (1 << (binShift - 1))) >>> 0);
  return bits.getFloat32(0);
}

/** In ms, of at least one duration. */
export function describeDurations(durations: Durations): DurationStatistics {
  const { count, total, min, max, squares } = durations;
  return {
    total: total / 1e6,
    mean: total / count / 1e6,
    median: medianOf(durations) / 1e6,
    min: min / 1e6,
    max: max / 1e6,
    sd: count > 1 ? Math.sqrt(squares / (count - 1)) / 1e6 : null,
  };
}

function medianOf(durations: Durations): number {
  const { bins, count } = durations;
  if (bins === null) return quantile(keptOf(durations), 0.5);
  let seen = 0;
  const bin = bins.findIndex((times) => {
    seen += times;
    return 2 * seen >= count;
  });
  return middleOf(bin);
}
