// Mean temperature of the measured steps in K, beside the one that was asked for.

import type { Warning } from '../result/document.js';
import type { Interval } from '../stats/index.js';
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
    const mean = pooled(parts, 'mean', context.seed, 'linear');
    const { value, low, high, n } = mean;
    const warnings = [...mean.warnings, ...targetWarnings(mean, parts.length, context)];
    return { value, low, high, n, warnings };
  },
};

/** Share of the asked temperature that is never remarked on. */
const tolerance = 0.05;
const deviations = 2.5;
/** Of so many atoms, a tenth is not put down to chance. */
const manyAtoms = 100;
const mostTolerated = 0.1;

/**
 * All of the interval is off by more than 5 %, and the mean by more than NVE may be off. An energy drawn from the
 * canonical ensemble has the variance k_B T² C (Landau & Lifshitz, Statistical Physics, § 112), and T follows it as
 * dT/dE = 1/C: σ_T = T √(k_B/C). A harmonic solid has C = (3N − 3) k_B, f/2 each of kinetic and potential energy for
 * f = 3N − 3: σ_T = T/√(3N − 3), and over k trajectories a √k-th of it. Tolerated: 2.5 of those, and from 100 atoms on
 * at most 10 %.
 */
function targetWarnings(
  { value, low, high }: Interval,
  trajectories: number,
  { result }: MetricContext,
): Warning[] {
  const asked = result.dynamics.temperature;
  const atoms = result.system?.atoms ?? 1;
  const chance = deviations / Math.sqrt((3 * atoms - 3) * trajectories);
  const tolerated = atoms < manyAtoms ? chance : Math.min(chance, mostTolerated);
  const bounded = Number.isFinite(low) && Number.isFinite(high);
  const nearest = bounded ? Math.min(Math.max(asked, low), high) : value;
  return Math.abs(nearest - asked) > tolerance * asked && Math.abs(value - asked) > tolerated * asked
    ? [warning('temperature-off-target', { asked, measured: value })]
    : [];
}
