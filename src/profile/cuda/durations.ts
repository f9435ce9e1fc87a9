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
  if (count >= mostKept) addToBins(durations, value);
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

function addToBins(durations: Durations, value: number): void {
  if (durations.bins === null) {
    durations.bins = new Float64Array(binCount);
    addAll(durations.bins, durations.kept);
    durations.kept = new Float32Array(0);
  }
  durations.bins[binOf(value)]++;
}

function addAll(bins: Float64Array, values: Float32Array): void {
  for (const value of values) bins[binOf(value)]++;
}

function binOf(value: number): number {
  bits.setFloat32(0, value);
  return bits.getUint32(0) >>> binShift;
}

/** As if all values had come in one stream. */
export function mergeDurations(parts: readonly Durations[]): Durations {
  const filled = parts.filter(({ count }) => count > 0);
  if (filled.length === 1) return filled[0];
  const merged = filled.reduce(mergeMoments, createDurations());
  merged.kept = new Float32Array(merged.count <= mostKept ? merged.count : 0);
  merged.bins = merged.count <= mostKept ? null : new Float64Array(binCount);
  let at = 0;
  for (const { kept, bins, count } of filled) {
    if (merged.bins === null) merged.kept.set(kept.subarray(0, count), at);
    else if (bins === null) addAll(merged.bins, kept.subarray(0, count));
    else for (let bin = 0; bin < binCount; bin++) merged.bins[bin] += bins[bin];
    at += count;
  }
  return merged;
}

/** Chan, Golub & LeVeque, Am. Stat. 37, 242 (1983). */
function mergeMoments(a: Durations, b: Durations): Durations {
  const count = a.count + b.count;
  const difference = b.mean - a.mean;
  return {
    ...a,
    count,
    total: a.total + b.total,
    mean: a.mean + (difference * b.count) / count,
    squares: a.squares + b.squares + (difference * difference * a.count * b.count) / count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
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

function medianOf({ bins, count, kept }: Durations): number {
  if (bins === null) return quantile(kept.subarray(0, count), 0.5);
  let seen = 0;
  const bin = bins.findIndex((times) => {
    seen += times;
    return 2 * seen >= count;
  });
  return middleOf(bin);
}
