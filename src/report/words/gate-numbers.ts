// The numbers of a gate: changes and limits, as a person reads them.

import type { Estimate, GateResult } from '../../result/judgement.js';
import { decimalsOf, fixed, formatMetric, quantity, significantDigits } from '../format.js';

/** `3 %`, `0.25 %`. */
export function share(value: number): string {
  return quantity(100 * value, '%', 2);
}

/** `+5.1 % (+4.2 to +6.0)` of a share of change. */
export function changeWithInterval({ value, low, high }: Pick<Estimate, 'value' | 'low' | 'high'>): string {
  const width = low === null || high === null ? 0 : 50 * (high - low);
  const decimals = Math.min(2, width > 0 ? decimalsOf(width, 2) : decimalsOf(100 * value, 2));
  const shown = (x: number) => signed(100 * x, decimals);
  return low === null || high === null
    ? `${shown(value)}\u202f%`
    : `${shown(value)}\u202f% (${shown(low)} to ${shown(high)})`;
}

/** `at most +3 %`, `at most 0.05 meV/atom/ps`. */
export function limitOf({ rule, limit, estimate }: GateResult): string {
  if (rule === 'maxRegression') return `at most +${share(limit)}`;
  const unit = estimate?.unit ?? '1';
  const short = Number(limit.toPrecision(3)) === limit;
  const shown = short
    ? quantity(limit, unit)
    : [significantDigits(limit, 8), unit === '1' ? '' : unit].join(' ').trim();
  return `${rule === 'max' ? 'at most' : 'at least'} ${shown}`;
}

/** `+5.1 % (+4.2 to +6.0)`, `0.012 meV/atom/ps (−0.28 to 0.30)`. */
export function estimateOf({ rule, estimate }: GateResult): string {
  if (!estimate) return 'not measured';
  if (rule === 'maxRegression') return changeWithInterval(estimate);
  const { value, unit, interval } = formatMetric({ ...estimate, warnings: [] });
  const measured = unit === '' ? value : `${value} ${unit}`;
  return interval === '' ? measured : `${measured} (${interval})`;
}

function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return text.startsWith('−') || !/[1-9]/.test(text) ? text : `+${text}`;
}
