// Memory of the process: its peak in B, and its trend in B/step by Theil–Sen over block minima of the last half.

import type { Verdict, Warning } from '../result/document.js';
import type { Samples } from '../result/samples.js';
import { type Interval, quantile, theilSen, tInterval } from '../stats/index.js';
import { exactly, type Finding, type MetricDefinition, notMeasured, warning } from './metric.js';

/** A trend over fewer measured steps is indicative and gets no verdict. */
const stepsForVerdict = 10_000;
/** Growth in B over the last half, below which no slope is called a leak. */
const tolerableGrowth = 512 * 1024;
/** In the last half. */
const fewestCheckpoints = 4;

export const peakRss: MetricDefinition = {
  id: 'peak-rss',
  title: 'Peak resident memory',
  unit: 'B',
  better: 'lower',
  kind: 'noisy',
  compute: (samples) =>
    samples.length === 0
      ? notMeasured(warning('no-samples'))
      : exactly(Math.max(...samples.map(({ trajectory }) => trajectory.peakRss)), samples.length),
};

export const rssSlope = slope('rss-slope', 'Growth of memory', 'rss', 128);
export const heapSlope = slope('heap-slope', 'Growth of the JavaScript heap', 'heapUsed', 64);

function slope(id: string, title: string, size: 'rss' | 'heapUsed', limit: number): MetricDefinition {
  return {
    id,
    title,
    unit: 'B/step',
    better: 'lower',
    kind: 'noisy',
    compute: (samples) => slopeOf(samples, size, limit),
  };
}

interface Trend extends Interval {
  /** B, from the first to the last block minimum. */
  readonly growth: number;
  readonly checkpoints: number;
}

function slopeOf(samples: readonly Samples[], size: 'rss' | 'heapUsed', limit: number): Finding {
  const trends = samples
    .map(({ trajectory }) => trendOf(trajectory.memory.step, trajectory.memory[size]))
    .filter((t) => t !== null);
  if (trends.length === 0) {
    const checkpoints = Math.max(
      0,
      ...samples.map(({ trajectory }) => lastHalf(trajectory.memory.step).length),
    );
    return notMeasured(warning('too-few-checkpoints', { checkpoints }));
  }
  const interval = together(trends);
  const n = trends.reduce((sum, trend) => sum + trend.checkpoints, 0);
  const steps = Math.min(...samples.map(({ trajectory }) => trajectory.steps));
  if (steps < stepsForVerdict) {
    return { ...interval, n, warnings: [warning('memory-indicative', { steps, needed: stepsForVerdict })] };
  }
  const growth = quantile(
    trends.map((trend) => trend.growth),
    0.5,
  );
  const state = leakState(interval, growth, limit);
  const warnings: Warning[] = state === 'fail' ? [warning('memory-leak', { growth, steps })] : [];
  return { ...interval, n, verdict: { state, pass: limit, fail: limit, moreSteps: null }, warnings };
}

/** Null with fewer than four checkpoints in the last half; five blocks are the fewest that give an interval. */
function trendOf(step: readonly number[], bytes: readonly number[]): Trend | null {
  const points = lastHalf(step).map((k) => ({ at: step[k], bytes: bytes[k] }));
  if (points.length < fewestCheckpoints) return null;
  const blocks = Math.min(points.length, Math.max(5, Math.min(64, Math.floor(points.length / 3))));
  const minima = Array.from({ length: blocks }, (_, k) =>
    points
      .slice(Math.floor((k * points.length) / blocks), Math.floor(((k + 1) * points.length) / blocks))
      .reduce((a, b) => (b.bytes < a.bytes ? b : a)),
  );
  const trend = theilSen(
    minima.map((point) => point.at),
    minima.map((point) => point.bytes),
  );
  return { ...trend, growth: minima[minima.length - 1].bytes - minima[0].bytes, checkpoints: points.length };
}

/** Indices of the checkpoints that span the last half of the steps, however they are spaced. */
function lastHalf(step: readonly number[]): number[] {
  const half = (step.at(-1) ?? 0) / 2;
  const first = step.findLastIndex((at) => at <= half);
  return step.map((_, k) => k).filter((k) => k >= first);
}

/** Three or more: t over the trajectories. Fewer: as wide as all of them together. */
function together(trends: readonly Trend[]): Interval {
  const over = tInterval(trends.map((trend) => trend.value));
  if (trends.length >= 3) return over;
  return {
    value: over.value,
    low: Math.min(...trends.map((trend) => trend.low)),
    high: Math.max(...trends.map((trend) => trend.high)),
  };
}

/** A leak is certain and large; stable is certain; all else is neither. */
function leakState(interval: Interval, growth: number, limit: number): Verdict['state'] {
  if (interval.high <= limit) return 'pass';
  return interval.low > limit && growth > tolerableGrowth ? 'fail' : 'inconclusive';
}
