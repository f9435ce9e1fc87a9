// Means over the measured steps of ensembles with a bath: pressure in GPa, volume in Å³, density in g/cm³. Their
// intervals come from blocks of steps, or from the trajectories where there are three or more.

import type { Samples } from '../result/samples.js';
import {
  type Finding,
  hasBath,
  type MetricContext,
  type MetricDefinition,
  notMeasured,
  warning,
} from './metric.js';
import { pooled } from './pooled.js';

/** Instantaneous pressures, kinetic part and virial; under a barostat their mean is the asked one but for the noise. */
export const pressureMean: MetricDefinition = {
  id: 'pressure-mean',
  title: 'Mean pressure',
  unit: 'GPa',
  better: 'none',
  kind: 'noisy',
  applies: (result, samples) =>
    result.dynamics.ensemble === 'npt' ||
    (hasBath(result) && samples.some(({ columns }) => columns.pressure !== undefined)),
  compute: (samples, context) =>
    meanOf(
      samples.map(({ columns }) => columns.pressure),
      context,
    ),
};

export const volumeMean: MetricDefinition = {
  id: 'volume-mean',
  title: 'Mean volume',
  unit: 'Å³',
  better: 'none',
  kind: 'noisy',
  applies: ({ dynamics }) => dynamics.ensemble === 'npt',
  compute: (samples, context) =>
    meanOf(
      samples.map(({ columns }) => columns.volume),
      context,
    ),
};

export const densityMean: MetricDefinition = {
  id: 'density-mean',
  title: 'Mean density',
  unit: 'g/cm³',
  better: 'none',
  kind: 'noisy',
  applies: ({ dynamics }) => dynamics.ensemble === 'npt',
  compute: (samples, context) =>
    meanOf(
      samples.map((one) => densities(one, context)),
      context,
    ),
};

function meanOf(columns: readonly (Float64Array | undefined)[], { seed }: MetricContext): Finding {
  const parts = columns
    .map((values) => values?.filter(Number.isFinite) ?? new Float64Array(0))
    .filter((part) => part.length > 0);
  if (parts.length === 0) return notMeasured(warning('no-samples'));
  const { value, low, high, n, warnings } = pooled(parts, 'mean', seed, 'linear');
  return { value, low, high, n, warnings };
}

/** From the density of the starting cell: the mass stays. */
function densities({ columns }: Samples, { result }: MetricContext): Float64Array | undefined {
  const { density = null, cell = [] } = result.system ?? {};
  if (density === null) return undefined;
  const mass = density * volumeOf(cell);
  return columns.volume?.map((volume) => mass / volume);
}

function volumeOf([ax, ay, az, bx, by, bz, cx, cy, cz]: readonly number[]): number {
  return Math.abs(ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx));
}
