// One number of several trajectories: raw samples pooled for the value; the interval from the trajectories among
// themselves where there are three or more, else from block resampling within them, wide enough to hold each.

import type { Warning } from '../result/document.js';
import {
  type BootstrapInterval,
  blockBootstrap,
  fewestEffective,
  mean,
  quantile,
  tInterval,
} from '../stats/index.js';
import { warning } from './metric.js';

export type Statistic = 'mean' | { readonly quantile: number };

export interface Pooled extends BootstrapInterval {
  readonly n: number;
  readonly warnings: readonly Warning[];
}

/**
 * @param parts one series a trajectory
 * @param scale `log` for positive numbers whose trajectories differ by a factor: the interval stays positive
 */
export function pooled(
  parts: readonly Float64Array[],
  statistic: Statistic,
  seed: number,
  scale: 'linear' | 'log',
): Pooled {
  const all = concatenated(parts);
  const within = blockBootstrap(all, statistic, { seed });
  const values = parts.map((part) =>
    statistic === 'mean' ? mean(part) : quantile(part, statistic.quantile),
  );
  if (parts.length < 3) {
    const [low, high] = [Math.min(within.low, ...values), Math.max(within.high, ...values)];
    return { ...within, low, high, n: all.length, warnings: [withinRun(within, parts.length)] };
  }
  return { ...within, ...between(within.value, values, scale), n: all.length, warnings: [] };
}

function withinRun({ value, low, effective }: BootstrapInterval, trajectories: number): Warning {
  if (!Number.isFinite(value) || !Number.isFinite(effective)) return warning('not-finite');
  return Number.isFinite(low)
    ? warning('interval-within-run', { trajectories })
    : warning('interval-needs-samples', { effective: Math.floor(effective), needed: fewestEffective });
}

export function concatenated(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0];
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/**
 * Student's t over trajectories, about the value. Times and rates: of their logarithms (a geometric interval, never
 * below 0); energies, temperatures and shares: of the numbers themselves.
 */
export function between(
  value: number,
  values: readonly number[],
  scale: 'linear' | 'log',
): { low: number; high: number } {
  const spread = tInterval(scale === 'log' ? values.map(Math.log) : values);
  const half = spread.high - spread.value;
  return scale === 'log'
    ? { low: value * Math.exp(-half), high: value * Math.exp(half) }
    : { low: value - half, high: value + half };
}
