import { describe, expect, it } from 'vitest';
import {
  earlyStoppingSamples,
  extremesPerBin,
  quantile,
  theilSen,
  tInterval,
} from '../../src/stats/index.js';
import { whiteNoise } from '../support/synthetic.js';

describe('samples that a percentile needs', () => {
  it.each([
    [0.9, 64],
    [0.99, 662],
    [0.999, 6636],
  ])('%d: %d, as MLPerf LoadGen says', (percentile, needed) => {
    expect(earlyStoppingSamples(percentile)).toBe(needed);
  });
});

describe('extremes per bin', () => {
  it('keep every planted spike, where it is', () => {
    const series = whiteNoise(10_000, 6).map((x) => 0.01 * x);
    series[1234] = 50;
    series[9999] = -40;
    const bins = extremesPerBin(series, 100);
    expect(bins).toHaveLength(100);
    expect(bins[12]).toMatchObject({ start: 1200, end: 1300, max: 50, maxIndex: 1234 });
    expect(bins[99]).toMatchObject({ min: -40, minIndex: 9999 });
    for (const { start, end, min, max } of bins) {
      expect(min).toBe(Math.min(...series.subarray(start, end)));
      expect(max).toBe(Math.max(...series.subarray(start, end)));
    }
  });

  it('cover a series that does not divide evenly, each sample once', () => {
    const bins = extremesPerBin(whiteNoise(1003, 1), 7);
    expect(bins.map(({ start }) => start).slice(1)).toEqual(bins.map(({ end }) => end).slice(0, -1));
    expect([bins[0].start, bins[6].end]).toEqual([0, 1003]);
  });

  it('have one bin a sample where there are few, and none of nothing', () => {
    expect(extremesPerBin([3, 1], 10)).toHaveLength(2);
    expect(extremesPerBin([], 10)).toEqual([]);
  });

  it('pass over NaN', () => {
    expect(extremesPerBin([Number.NaN, 2, 1], 1)[0]).toMatchObject({ minIndex: 2, maxIndex: 1 });
    expect(extremesPerBin([Number.NaN], 1)[0]).toMatchObject({ minIndex: -1, maxIndex: -1 });
  });
});

describe('edges', () => {
  it('nothing has no quantile; one value has no interval', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(tInterval([4])).toEqual({
      value: 4,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
  });

  it('Theil–Sen refuses what it cannot do exactly', () => {
    expect(() => theilSen(new Float64Array(2001), new Float64Array(2001))).toThrow('at most 2000 points');
  });
});
