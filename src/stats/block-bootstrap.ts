// Intervals of a mean or a quantile of correlated samples: circular block bootstrap (Politis & Romano 1992), seeded.
// A quantile's comes from the share of samples below it, read back through the quantile function (Woodruff 1952).

import { createRandom } from '../random.js';
import { autocorrelationTime } from './autocorrelation.js';
import { mean } from './moments.js';
import { sorted, sortedQuantile } from './quantile.js';
import { type Interval, tFactor } from './student.js';

interface BootstrapOptions {
  readonly seed: number;
  /** 1000 unless told. */
  readonly resamples?: number;
  /** 0.95 unless told. */
  readonly level?: number;
}

export interface BootstrapInterval extends Interval {
  /** Samples divided by their autocorrelation time; for a quantile, of "is it below". */
  readonly effective: number;
  readonly blockLength: number;
}

/** Effective samples that an interval needs: six blocks of two autocorrelation times. */
export const fewestEffective = 12;

/**
 * Blocks are five autocorrelation times long (down to two where there would be fewer than six of them) and at most a
 * thousand, so that a million samples cost no more than a sum each and a thousand draws a resample; all samples are
 * used. The interval is infinite below `fewestEffective` effective samples.
 */
export function blockBootstrap(
  samples: Float64Array,
  statistic: 'mean' | { readonly quantile: number },
  options: BootstrapOptions,
): BootstrapInterval {
  if (statistic === 'mean') return bootstrapMean(samples, options);
  const ascending = sorted(samples);
  const value = sortedQuantile(ascending, statistic.quantile);
  const below = samples.map((sample) => (sample < value ? 1 : sample > value ? 0 : 0.5));
  const share = bootstrapMean(below, options);
  const shift = statistic.quantile - share.value;
  return {
    ...share,
    value,
    low: sortedQuantile(ascending, share.low + shift),
    high: sortedQuantile(ascending, share.high + shift),
  };
}

function bootstrapMean(samples: Float64Array, options: BootstrapOptions): BootstrapInterval {
  const n = samples.length;
  const value = mean(samples);
  const time = n < 4 ? n : Math.max(autocorrelationTime(samples), 1);
  const blockLength = Math.max(Math.min(Math.ceil(5 * time), Math.floor(n / 6)), Math.ceil(n / 1000), 1);
  const effective = n / time;
  if (!(effective >= fewestEffective)) {
    return { value, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, effective, blockLength };
  }
  const means = resampledMeans(samples, blockLength, options).sort();
  const level = options.level ?? 0.95;
  const stretch = smallSample(n / blockLength, time / blockLength, level);
  return {
    value,
    low: value - stretch * (value - sortedQuantile(means, (1 - level) / 2)),
    high: value + stretch * (sortedQuantile(means, (1 + level) / 2) - value),
    effective,
    blockLength,
  };
}

/** Few blocks have too little spread, and correlation across their ends is lost: t for normal, and 1 − τ/2b back. */
function smallSample(blocks: number, timePerBlock: number, level: number): number {
  const student = tFactor(level, Math.max(blocks - 1, 1)) / tFactor(level, Number.POSITIVE_INFINITY);
  return student * Math.sqrt(blocks / Math.max(blocks - 1, 1) / (1 - timePerBlock / 2));
}

function resampledMeans(samples: Float64Array, blockLength: number, options: BootstrapOptions): Float64Array {
  const n = samples.length;
  const sums = circularSums(samples, blockLength);
  const blocks = Math.round(n / blockLength);
  const random = createRandom(options.seed);
  return Float64Array.from({ length: options.resamples ?? 1000 }, () => {
    let sum = 0;
    for (let k = 0; k < blocks; k++) sum += sums[random.integer(n)];
    return sum / (blocks * blockLength);
  });
}

/** Entry i: the sum of `blockLength` samples from i on, around the end. */
function circularSums(samples: Float64Array, blockLength: number): Float64Array {
  const n = samples.length;
  const prefix = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) prefix[i + 1] = prefix[i] + samples[i];
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const end = i + blockLength;
    sums[i] = end <= n ? prefix[end] - prefix[i] : prefix[n] - prefix[i] + prefix[end - n];
  }
  return sums;
}
