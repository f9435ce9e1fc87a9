// Mean temperature of the measured steps in K, beside the one that was asked for.

import type { Warning } from '../result/document.js';
import { type MetricContext, type MetricDefinition, notMeasured, warning } from './metric.js';
import { pooled } from './pooled.js';

export const temperatureMean: MetricDefinition = {
  id: 'temperature-mean',
  title: 'Mean temperature',
  unit: 'K',
  better: 'none',
  kind: 'noisy',
  compute: (samples, context) => {
    const parts = samples
      .map(({ columns }) => columns.temperature.filter(Number.isFinite))
      .filter((part) => part.length > 0);
    if (parts.length === 0) return notMeasured(warning('no-samples'));
    const { value, low, high, n, warnings } = pooled(parts, 'mean', context.seed, 'linear');
    return {
      value,
      low,
      high,
      n,
      warnings: [...warnings, ...targetWarnings(value, context)],
    };
  },
};

/**
 * Off by more than 5 % and three canonical standard deviations, √(2/3N)·T: a crystal that was not equilibrated runs
 * near T/2.
 */
function targetWarnings(measured: number, { result }: MetricContext): Warning[] {
  const asked = result.dynamics.temperature;
  const atoms = result.system?.atoms ?? 1;
  const tolerated = 0.05 + 3 * Math.sqrt(2 / (3 * atoms));
  return Math.abs(measured - asked) > tolerated * asked
    ? [warning('temperature-off-target', { asked, measured })]
    : [];
}
