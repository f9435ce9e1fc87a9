// How many independent samples a series is worth: the integrated autocorrelation time τ = 1 + 2 Σ ρ(k),
// summed by the initial monotone sequence of Geyer, Stat. Sci. 7, 473 (1992).

import { fourier } from './fourier.js';
import { mean } from './moments.js';

const directLags = 64;
const longest = 100_000;

/**
 * τ in samples, so that the variance of the mean is τ·variance/n. 1 for white noise, below 1 for an oscillating
 * series (never below 1/n), NaN for fewer than 4 samples; a constant series has 1. More than 100 000 samples are
 * averaged in blocks first, whose mean has the same variance.
 */
export function autocorrelationTime(series: ArrayLike<number>): number {
  const n = series.length;
  if (n < 4) return Number.NaN;
  const centered = centeredCopy(series);
  if (n <= longest) return monotoneSequence(centered);
  const length = Math.ceil(n / longest);
  const blocks = blockMeans(centered, length);
  const ratio = (length * autocovariance(blocks, 0)) / autocovariance(centered, 0);
  return Number.isNaN(ratio) ? monotoneSequence(blocks) : ratio * monotoneSequence(blocks);
}

function monotoneSequence(centered: Float64Array): number {
  const n = centered.length;
  const variance = autocovariance(centered, 0);
  if (!(variance > 0)) return variance === 0 ? 1 : Number.NaN;
  let covariance = (lag: number) => autocovariance(centered, lag);
  let sum = 0;
  let previous = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    if (lag === directLags) covariance = autocovariances(centered);
    const pair = Math.min(covariance(lag) + covariance(lag + 1), previous);
    if (pair <= 0) break;
    sum += pair;
    previous = pair;
  }
  return Math.max((2 * sum) / variance - 1, 1 / n);
}

/** n/τ, at most n. */
export function effectiveSamples(series: ArrayLike<number>): number {
  const n = series.length;
  return n < 4 ? n : Math.min(n / autocorrelationTime(series), n);
}

function centeredCopy(series: ArrayLike<number>): Float64Array {
  const center = mean(series);
  const centered = new Float64Array(series.length);
  for (let i = 0; i < series.length; i++) centered[i] = series[i] - center;
  return centered;
}

function blockMeans(centered: Float64Array, length: number): Float64Array {
  const means = new Float64Array(Math.floor(centered.length / length));
  for (let i = 0; i < means.length * length; i++) means[Math.floor(i / length)] += centered[i] / length;
  return means;
}

function autocovariance(centered: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < centered.length; i++) sum += centered[i] * centered[i - lag];
  return sum / centered.length;
}

function autocovariances(centered: Float64Array): (lag: number) => number {
  const n = centered.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(centered);
  fourier(re, im);
  for (let k = 0; k < size; k++) {
    re[k] = re[k] * re[k] + im[k] * im[k];
    im[k] = 0;
  }
  fourier(re, im);
  return (lag) => re[lag] / size / n;
}
