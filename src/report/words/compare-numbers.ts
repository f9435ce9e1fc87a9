// Ratios and estimates as people read them: digits from the interval, a sign where nothing was shown.

import type { Estimate } from '../../result/judgement.js';
import {
  decimalsOf,
  type FormattedMetric,
  fixed,
  formatMetric,
  quantity,
  significantDigits,
} from '../format.js';

/** `5.39 (5.32 to 5.47)` of a ratio, with its cross; `~` in front where the interval holds 1. */
export function ratioWords(ratio: Estimate, withInterval = true): string {
  const { value, interval } = formatRatio(ratio);
  const sign = indistinct(ratio) ? '~ ' : '';
  return withInterval && interval !== '' ? `${sign}${value}× (${interval})` : `${sign}${value}×`;
}

/** One digit of the half width, and no more than four of the number. */
export function formatRatio({ value, low, high }: Estimate): { value: string; interval: string } {
  const half = low === null || high === null ? 0 : (high - low) / 2;
  const decimals = Math.min(half > 0 ? decimalsOf(half, 1) : 12, decimalsOf(value, half > 0 ? 4 : 3));
  const shown = (x: number) => fixed(x, decimals);
  return {
    value: shown(value),
    interval: low === null || high === null ? '' : `${shown(low)} to ${shown(high)}`,
  };
}

/** A ratio of two runs that were not interleaved: it has no interval. */
export function unpaired(ratio: string): string {
  return `${ratio}, unpaired`;
}

/** Whether the interval of a ratio holds 1: no difference was shown. */
export function indistinct({ low, high }: Estimate): boolean {
  return low !== null && high !== null && low <= 1 && high >= 1;
}

/** Of an interval that holds 1: between a fifth slower and a quarter faster, what counts in practice is ruled out. */
const narrow = 1.25;

/** Whether the interval of a ratio shows that both are about the same, which is more than that no difference was shown. */
export function alike({ low, high }: Estimate): boolean {
  return low !== null && high !== null && low >= 1 / narrow && high <= narrow;
}

const thousandths: Readonly<Record<string, string>> = { 'eV/Å': 'meV/Å', 'ms/atom': 'µs/atom' };

/** Value, unit and interval with the digits of the interval; small forces in meV/Å, small costs in µs/atom. */
export function formatEstimate(estimate: Estimate): FormattedMetric {
  return formatMetric({ ...scaled(estimate), warnings: [] });
}

function scaled(estimate: Estimate): Estimate {
  const { value, low, high } = estimate;
  const unit = thousandths[estimate.unit];
  if (unit === undefined || Math.abs(value) >= (unit === 'µs/atom' ? 1 : 0.01) || value === 0)
    return estimate;
  const thousand = (bound: number | null) => bound && 1000 * bound;
  return { ...estimate, value: 1000 * value, low: thousand(low), high: thousand(high), unit };
}

export function estimateWords(estimate: Estimate, withInterval = true): string {
  const shown = scaled(estimate);
  if (!withInterval) return quantity(shown.value, shown.unit);
  const { value, unit, interval } = formatEstimate(estimate);
  const measured = `${value} ${unit}`.trim();
  return interval !== '' ? `${measured} (${interval})` : measured;
}

export function percent(share: number): string {
  return `${significantDigits(100 * share, 2)} %`;
}
