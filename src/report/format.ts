// Numbers as people read them: digits from the interval, true minus, thin groups, units scaled to the value.

import type { Metric } from '../result/document.js';

/** U+202F, between groups of digits and before a unit. */
const thinSpace = '\u202f';

export interface FormattedMetric {
  /** `2.314`, or `–` where there is no value. */
  readonly value: string;
  readonly unit: string;
  /** `2.301 to 2.330`, in the same unit; empty without an interval. */
  readonly interval: string;
  /** The same quantity in its other unit: `0.23 K/ps`; empty where there is none. */
  readonly also: string;
}

/** The value of a metric with as many digits as its interval carries (two of the half width), else four. */
export function formatMetric(metric: Metric): FormattedMetric {
  const { value, low, high } = metric;
  if (value !== null && metric.unit === 'count')
    return { value: count(value), unit: '', interval: '', also: '' };
  if (value === null || !Number.isFinite(value)) return { value: '–', unit: '', interval: '', also: '' };
  const scale = scaleOf(metric.unit, value);
  const width = low === null || high === null ? 0 : ((high - low) / 2) * scale.factor;
  const decimals = metric.unit === '%' ? 2 : decimalsToShow(value * scale.factor, width);
  const shown = (x: number) => fixed(x * scale.factor, decimals);
  return {
    value: shown(value),
    unit: scale.unit,
    interval: low === null || high === null ? '' : `${shown(low)} to ${shown(high)}`,
    also: metric.also ? quantity(metric.also.value, metric.also.unit, 2) : '',
  };
}

/** Two digits of the interval, but never more than five of the number. */
function decimalsToShow(value: number, halfWidth: number): number {
  if (halfWidth <= 0) return decimalsOf(value, 4);
  return Math.min(decimalsOf(halfWidth, 2), value === 0 ? 12 : decimalsOf(value, 5));
}

/** A number with its unit, scaled: 0.0023 ms → `2.3 µs`; from four digits on, zeros at the end are kept. */
export function quantity(value: number, unit: string, significant = 3): string {
  const scale = scaleOf(unit, value);
  const scaled = value * scale.factor;
  const number =
    scale.unit === 'B'
      ? count(scaled)
      : significant > 3
        ? fixed(scaled, decimalsOf(scaled, significant))
        : significantDigits(scaled, significant);
  return scale.unit === '' ? number : `${number}${scale.unit === '%' ? thinSpace : ' '}${scale.unit}`;
}

/** Grouped, with `digits` significant digits and without trailing zeros behind the point. */
export function significantDigits(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = fixed(value, decimalsOf(value, digits));
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
}

/** Decimals that show `digits` significant digits of a number of this size. */
export function decimalsOf(value: number, digits: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  return Math.min(12, Math.max(0, decimals));
}

/** Fixed decimals, digits grouped by three from 10 000 on; very small and very large ones in powers of ten. */
export function fixed(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e12 || decimals > 5) return exponential(value);
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.') as [string, string?];
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, thinSpace) : whole;
  const magnitude = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(magnitude) ? `−${magnitude}` : magnitude;
}

export function count(value: number): string {
  return fixed(value, 0);
}

/** `1 step`, `12 000 steps`. */
export function counted(value: number, noun: string): string {
  const many = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}${noun.endsWith('s') ? 'es' : 's'}`;
  return `${count(value)} ${value === 1 ? noun : many}`;
}

/** `2026-11-22 01:35 UTC` of an ISO time in UTC. */
export function dateOf(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}

function exponential(value: number): string {
  return value.toExponential(1).replace('e+', 'e').replaceAll('-', '−');
}

function scaleOf(unit: string, value: number): { factor: number; unit: string } {
  const size = Math.abs(value);
  if (unit === 'ms') {
    if (size >= 10_000) return { factor: 1e-3, unit: 's' };
    return size > 0 && size < 0.1 ? { factor: 1e3, unit: 'µs' } : { factor: 1, unit };
  }
  const bytes = /^(B|bytes)(\/.+)?$/.exec(unit);
  if (bytes) {
    const power = size < 1024 ? 0 : Math.min(3, Math.floor(Math.log(size) / Math.log(1024)));
    return { factor: 1024 ** -power, unit: `${['B', 'KiB', 'MiB', 'GiB'][power]}${bytes[2] ?? ''}` };
  }
  return { factor: 1, unit: unit === '1' ? '' : unit };
}
