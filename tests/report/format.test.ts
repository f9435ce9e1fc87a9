import { describe, expect, it } from 'vitest';
import { count, dateOf, formatMetric, quantity, significantDigits } from '../../src/report/format.js';
import type { Metric } from '../../src/result/document.js';

const metric = (value: number | null, low: number | null, high: number | null, unit: string): Metric => ({
  value,
  unit,
  low,
  high,
  n: 1,
  warnings: [],
});

describe('a metric', () => {
  it.each([
    [metric(2.13246, 2.0962, 2.1707, 'ms'), '2.132', 'ms', '2.096 to 2.171'],
    [metric(0.0213246, 0.020962, 0.021707, 'ms'), '21.32', 'µs', '20.96 to 21.71'],
    [metric(463.7, 449.3, 475.2, '1/s'), '464', '1/s', '449 to 475'],
    [metric(-0.00434, -0.0311, 0.021, 'meV/atom/ps'), '−0.004', 'meV/atom/ps', '−0.031 to 0.021'],
    [metric(0.2000001, 0.1999997, 0.2000003, 'meV/atom/ps'), '0.20000', 'meV/atom/ps', '0.20000 to 0.20000'],
    [metric(98.52514, 98.4512, 98.6001, '%'), '98.53', '%', '98.45 to 98.60'],
    [metric(1_000_000, null, null, 'count'), '1\u202f000\u202f000', '', ''],
    [metric(182_000_000, null, null, 'B'), '173.6', 'MiB', ''],
    [metric(1126, -700, 2700, 'B/step'), '1.1', 'KiB/step', '−0.7 to 2.6'],
    [metric(0, 0, 0, 'meV/atom/ps'), '0', 'meV/atom/ps', '0 to 0'],
    [metric(3.1e-13, null, null, 'amu·Å/fs'), '3.1e−13', 'amu·Å/fs', ''],
    [metric(null, null, null, 'ms'), '–', '', ''],
  ])('has the digits that its interval carries: %o', (given, value, unit, interval) => {
    expect(formatMetric(given)).toMatchObject({ value, unit, interval });
  });

  it('says the same in its other unit', () => {
    const drift = { ...metric(1, 0.9, 1.1, 'meV/atom/ps'), also: { value: 3.868, unit: 'K/ps' } };
    expect(formatMetric(drift).also).toBe('3.9 K/ps');
  });
});

describe('a number', () => {
  it('has a true minus, and none on zero', () => {
    expect(significantDigits(-0.5, 2)).toBe('−0.5');
    expect(significantDigits(-0, 2)).toBe('0');
    expect(formatMetric(metric(-0.0001, -1, 1, 'K')).value).toBe('0.0');
  });

  it('is grouped from five digits on', () => {
    expect([count(1000), count(10_000), count(1_234_567)]).toEqual([
      '1000',
      '10\u202f000',
      '1\u202f234\u202f567',
    ]);
  });

  it('carries its unit, scaled to its size', () => {
    expect([quantity(16 * 1024 ** 3, 'B'), quantity(0.0021, 'ms'), quantity(61_000, 'ms')]).toEqual([
      '16 GiB',
      '2.1 µs',
      '61 s',
    ]);
    expect([quantity(3.41, 'ms', 4), quantity(3.41, 'ms')]).toEqual(['3.410 ms', '3.41 ms']);
  });

  it('keeps a date that it cannot read', () => {
    expect([dateOf('2026-11-22T01:35:12.345Z'), dateOf('yesterday')]).toEqual([
      '2026-11-22 01:35 UTC',
      'yesterday',
    ]);
  });
});
