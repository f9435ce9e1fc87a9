// Words of stored baselines.

import type { StoredBaseline } from '../../result/baseline.js';
import { counted, dateOf, formatMetric } from '../format.js';

export function describeNoBaselines(folder: string): string {
  return `No baseline is stored in ${folder}.`;
}

/** @param reason why, as a sentence */
export function describeUnusableBaseline(reason: string): string {
  return `cannot be used: ${reason}`;
}

/** When, what and how often, in parts. */
export function describeStored({ createdAt, tool, arm, runs }: StoredBaseline) {
  return {
    date: dateOf(createdAt),
    tool: `${tool.name} ${tool.version}`,
    label: arm.label,
    runs: counted(runs.length, 'run'),
    processes: runs.length === 1 ? '1 fresh process' : `${runs.length} fresh processes`,
  };
}

/** `2.314 ms (2.301 to 2.330)`: the median of all runs, and the least and the most of them. Times in ms. */
export function describeStoredTime(times: readonly number[]): string {
  const ascending = [...times].sort((a, b) => a - b);
  const value = ascending[ascending.length >> 1] ?? null;
  const [low = null, high = null] = [ascending[0], ascending.at(-1)];
  const shown = formatMetric({ value, low, high, unit: 'ms', n: times.length, warnings: [] });
  return `${shown.value} ${shown.unit} (${shown.interval})`;
}
