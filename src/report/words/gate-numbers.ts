// The numbers of a gate: changes and limits, as a person reads them.

import type { Estimate, GateResult } from '../../result/judgement.js';
import { decimalsOf, fixed, formatMetric, quantity } from '../format.js';

/** `3 %`, `0.25 %`. */
export function share(value: number): string {
  return quantity(100 * value, '%', 2);
}

/** The smallest change that can be seen; twice the time is seen by eye. */
export function sightOf(detectable: number): string {
  return detectable < 1 ? share(detectable) : `more than ${share(1)}`;
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
export function limitOf(gate: GateResult): string {
  const { number, unit } = limitParts(gate);
  return `${gate.rule === 'min' ? 'at least' : 'at most'} ${number}${unit}`;
}

/** `≤ +3 %`, `≤ 0.05`: without the unit where the measured number beside it has the same. */
export function boundOf(gate: GateResult): string {
  const { number, unit } = limitParts(gate);
  const same = gate.rule !== 'maxRegression' && unit !== '' && estimateOf(gate).includes(`${unit} (`);
  return `${gate.rule === 'min' ? '≥' : '≤'} ${number}${same ? '' : unit}`;
}

/** As it was written, where it has more digits than a scaled number would show. */
function limitParts({ rule, limit, estimate }: GateResult): { number: string; unit: string } {
  if (rule === 'maxRegression') return { number: `+${share(limit)}`, unit: '' };
  const unit = estimate?.unit ?? '1';
  const shown =
    Number(limit.toPrecision(3)) === limit
      ? quantity(limit, unit)
      : [String(limit).replaceAll('-', '−'), unit === '1' ? '' : unit].join(' ').trim();
  const gap = shown.search(/[ \u202f](?=[^\d])/);
  return gap < 0 ? { number: shown, unit: '' } : { number: shown.slice(0, gap), unit: shown.slice(gap) };
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
